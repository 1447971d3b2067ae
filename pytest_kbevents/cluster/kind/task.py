"""What the keeper of a kind cluster is told to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """Which cluster, and how."""

    name: str
    kind: str
    kubectl: str
    image: str
    config: str
    """A file."""
    content: str
    """Says all that the cluster is made with."""
    log: str
    keep: bool
