"""The contract of whoever runs a controller."""

from __future__ import annotations

from typing import Protocol


class ControllerHost(Protocol):
    """Runs at most one controller at a time."""

    def start(self, release: str) -> None:
        """Start one whose caches are empty, if none runs."""

    def wait(self) -> None:
        """Until it works. Raises ClusterFailed when it does not, with the end of its log."""

    def stop(self) -> None:
        """Stop it as a killed process stops: what was queued is forgotten. Idempotent."""

    def log(self) -> str:
        """What it has written, as far as that is kept; ``""``."""

    def close(self) -> None:
        """Stop it for good, and give back what it held. Idempotent."""


class Elsewhere:
    """Nobody here runs one: there is none, or it runs in the cluster already."""

    def start(self, release: str) -> None:
        """Whoever it is has begun long ago."""

    def wait(self) -> None:
        """Nor is anything known of how it is."""

    def stop(self) -> None:
        """It goes on."""

    def log(self) -> str:
        return ""

    def close(self) -> None:
        """It goes on."""
