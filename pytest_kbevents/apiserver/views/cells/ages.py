"""How long ago something was, as people read it."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.objects import Object

_SECOND = 1_000_000
_DAY, _YEAR = 24, 24 * 365


def created(obj: Object, now: int) -> str:
    """An object's age."""
    return since(obj["metadata"].get("creationTimestamp"), now)


def since(time: Any, now: int) -> str:
    """The time from a timestamp to ``now`` (microseconds since the epoch); ``<unknown>`` without one."""
    return duration(now - times.parse(time)) if time else "<unknown>"


def duration(micros: int) -> str:
    """Two or three digits that tell a duration: ``59s``, ``3m5s``, ``7h10m``, ``5d3h``, ``2y15d``."""
    seconds = int(micros / _SECOND)
    if seconds < 120:
        return "<invalid>" if seconds < -1 else f"{max(seconds, 0)}s"
    minutes = seconds // 60
    if minutes < 10:
        return _two(minutes, "m", seconds % 60, "s")
    if minutes < 180:
        return f"{minutes}m"
    return _long(minutes // 60, minutes % 60)


def _long(hours: int, minutes: int) -> str:
    if hours < 8:
        return _two(hours, "h", minutes, "m")
    if hours < 48:
        return f"{hours}h"
    if hours < 8 * _DAY:
        return _two(hours // _DAY, "d", hours % _DAY, "h")
    if hours < 2 * _YEAR:
        return f"{hours // _DAY}d"
    years = hours // _YEAR
    return _two(years, "y", hours // _DAY % 365, "d") if years < 8 else f"{years}y"


def _two(large: int, unit: str, small: int, subunit: str) -> str:
    return f"{large}{unit}{small}{subunit}" if small else f"{large}{unit}"
