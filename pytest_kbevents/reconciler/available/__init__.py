"""The available handler: what moves a Component's condition Available (the facts: event-pipeline.md section 4).

``policy``, ``window``, ``pod_names``, ``assertion``, ``condition`` and ``status`` are pure; ``case`` reads what a
component is judged by, ``newest_events`` what its Pods said; ``handler`` acts on an Event, ``silence`` when none comes.
"""
