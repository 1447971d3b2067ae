"""The task handler: what takes a replica off KB_AGENT_TASK and notes how far it is (event-pipeline.md section 5).

``task_message``, ``tasks`` and ``replicas`` are pure; ``handler`` reads, asks them, and writes.
"""
