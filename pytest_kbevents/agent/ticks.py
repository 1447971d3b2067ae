"""When things are due: a periodic clock, and the alarm of what nobody drives."""

from __future__ import annotations


class Ticks:
    """Ticks at ``first`` and each ``period`` after it, in microseconds; those that are missed shrink to one."""

    def __init__(self, first: int, period: int) -> None:
        self._period = period
        self.next = first

    def pass_until(self, now: int) -> None:
        """Those up to ``now`` are over."""
        if self.next <= now:
            self.next += ((now - self.next) // self._period + 1) * self._period


def asleep() -> None:
    """The alarm of an actor that no driver has set its own for."""
