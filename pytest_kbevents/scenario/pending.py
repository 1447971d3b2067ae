"""What an operation waits for."""

from __future__ import annotations

from typing import Protocol


class Pending(Protocol):
    """Done, or given up at ``deadline`` (microseconds since the epoch); then it is settled, and the next step has its
    turn.
    """

    deadline: int

    def done(self) -> bool:
        """Whether there is nothing more to wait for. Asked after each revision, and each step of the world."""

    def settle(self) -> Pending | None:
        """Say what came of it; what is to be waited for next, if anything. Raises JudgementFailed."""

    # One that holds something has ``abandon()``, too: it is called in the end, whatever has failed meanwhile.


class Pause:
    """Time passes, and nothing else is waited for."""

    def __init__(self, deadline: int) -> None:
        self.deadline = deadline

    def done(self) -> bool:
        """Not before its time."""
        return False

    def settle(self) -> None:
        """It is over."""
