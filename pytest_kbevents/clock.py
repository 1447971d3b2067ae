"""Time, passed in. The unit everywhere is the whole microsecond since the Unix epoch: what eventTime can express."""

from __future__ import annotations

import re
import time
from typing import Any, Protocol

SECOND = 1_000_000
"""Microseconds in a second."""

SIMULATION_START = 1_767_225_600 * SECOND
"""2026-01-01T00:00:00Z, where every simulated world begins, so that two runs can be equal byte by byte."""

_UNITS = {"ms": SECOND // 1000, "s": SECOND, "m": 60 * SECOND, "h": 3600 * SECOND}
_LONGEST = 100 * 365 * 24 * _UNITS["h"]
DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)", re.ASCII)


def parse_duration(value: Any) -> int:
    """``500ms``, ``5s``, ``1.5m`` or ``1h`` in microseconds. Raises ValueError."""
    match = DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"{value!r} is not a duration such as 500ms, 5s or 2m")
    micros = float(match[1]) * _UNITS[match[2]]
    if micros > _LONGEST:
        raise ValueError(f"{value!r} is longer than a century")
    return int(micros)


def since(micros: int, opened: int) -> str:
    """A time as reports have it, from when a world was opened: ``+1.234567s``."""
    return f"+{(micros - opened) / SECOND:.6f}s"


class Clock(Protocol):
    """Something that knows what time it is."""

    def micros(self) -> int:
        """Microseconds since the Unix epoch; never runs backwards."""


class VirtualClock:
    """The simulated world's clock: it moves when the scheduler moves it, and at no other time."""

    def __init__(self, start: int = SIMULATION_START) -> None:
        self._now = start

    def micros(self) -> int:
        """The simulated time."""
        return self._now

    def advance_to(self, micros: int) -> None:
        """Move forward to ``micros``; an earlier time leaves the clock where it is."""
        self._now = max(self._now, micros)


class WallClock:
    """The live worlds' clock: the wall's time when made, then monotonic, so that a deadline cannot jump."""

    def __init__(self) -> None:
        self._offset = time.time_ns() - time.monotonic_ns()

    def micros(self) -> int:
        """The wall's time."""
        return (self._offset + time.monotonic_ns()) // 1000
