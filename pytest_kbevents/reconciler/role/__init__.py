"""The role handlers: what moves the Pod label that Services select on (the facts: event-pipeline.md section 3).

``claim``, ``staleness``, ``owner`` and ``plan`` are pure; ``handler`` (1.1 line and later) and ``snapshot_handler``
(1.0 line) read, ask them, and write.
"""
