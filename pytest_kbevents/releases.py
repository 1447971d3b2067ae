"""Whose behaviour is imitated. What each release does stands in the tables of the reconciler and of the agent."""

from __future__ import annotations

RELEASES = ("1.0.0", "main", "fixed")
"""KubeBlocks' releases in the order they came; ``fixed`` is main with its known problems repaired."""

DEFAULT_RELEASE = "fixed"
