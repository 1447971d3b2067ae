"""Where our server is known to differ from a real one, and why. What stands here must differ."""

BOTH = ("embedded", "local")

KNOWN = {}
"""The case's id -> (the backends on which it differs, the reason as fidelity.md tells it)."""
