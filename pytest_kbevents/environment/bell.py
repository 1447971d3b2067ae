"""What wakes the threads of a live world."""

from __future__ import annotations

import threading


class Bell:
    """Rung whenever something may have changed; a waiter that counted the rings before it looked cannot miss one."""

    def __init__(self) -> None:
        self._rung = threading.Condition()
        self._count = 0

    def ring(self) -> None:
        """Wake everybody."""
        with self._rung:
            self._count += 1
            self._rung.notify_all()

    @property
    def count(self) -> int:
        """How often it was rung."""
        return self._count

    def wait(self, heard: int, seconds: float | None) -> None:
        """Until it has been rung more than ``heard`` times, at most that long."""
        with self._rung:
            self._rung.wait_for(lambda: self._count != heard, seconds)
