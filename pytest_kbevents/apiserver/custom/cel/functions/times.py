"""Times and durations, and their parts: ``self.begun.getHours("Europe/Berlin")``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any

from pytest_kbevents.apiserver.custom.cel.functions.reading import reads
from pytest_kbevents.apiserver.custom.checks.formats import GO_DURATION

_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})", re.ASCII)
_OFFSET = re.compile(r"([+-]?)(\d{1,2}):(\d{2})", re.ASCII)
_PART = re.compile(r"([\d.]+)([a-zµμ]+)")
_UNITS = {"ns": 1e-3, "us": 1.0, "µs": 1.0, "μs": 1.0, "ms": 1e3, "s": 1e6, "m": 60e6, "h": 3600e6}
"""Microseconds."""


def timestamp(value: Any) -> datetime:
    """The time that a text, or a number of seconds since 1970, is. Raises ValueError."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, int):
        return datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=value)
    try:
        found = datetime.fromisoformat(value) if _STAMP.fullmatch(value) else None
    except ValueError:
        found = None
    if found is None:
        raise ValueError("type conversion error from 'string' to 'google.protobuf.Timestamp'")
    return found


def duration(value: Any) -> timedelta:
    """The duration that a text is, as Go has them. Raises ValueError."""
    if isinstance(value, timedelta):
        return value
    if GO_DURATION.fullmatch(value) is None:
        raise ValueError("type conversion error from 'string' to 'google.protobuf.Duration'")
    micros = sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(value))
    return timedelta(microseconds=-micros if value.startswith("-") else micros)


def is_timestamp(text: str) -> bool:
    """Whether a text is a time."""
    return reads(timestamp, text)


def is_duration(text: str) -> bool:
    """Whether a text is a duration."""
    return reads(duration, text)


def stamp(value: datetime) -> str:
    """A time as Go writes it."""
    text = value.strftime("%Y-%m-%dT%H:%M:%S") + f".{value.microsecond:06}".rstrip("0").rstrip(".")
    offset = value.strftime("%z")
    return text + ("Z" if offset in ("", "+0000") else f"{offset[:3]}:{offset[3:]}")


def span(value: timedelta) -> str:
    """A duration in seconds."""
    return f"{value.total_seconds():.6f}".rstrip("0").rstrip(".") + "s"


def parts() -> dict[str, Callable[..., int]]:
    """The functions for the parts of a time, and of a duration."""
    return {name: _part(name) for name in (*_OF_TIME, *_OF_SPAN)}


def _part(name: str) -> Callable[..., int]:
    def part(value: Any, zone: str = "UTC") -> int:
        if isinstance(value, timedelta):
            return int(value / _OF_SPAN[name])
        return _OF_TIME[name](value.astimezone(_zone(zone)))

    return part


def _zone(name: str) -> tzinfo:
    if match := _OFFSET.fullmatch(name):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
        return timezone(-offset if match[1] == "-" else offset)
    if name in ("", "UTC"):
        return timezone.utc
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"unknown time zone {name}") from None


_OF_TIME: Mapping[str, Callable[[datetime], int]] = {
    "getFullYear": lambda at: at.year,
    "getMonth": lambda at: at.month - 1,
    "getDate": lambda at: at.day,
    "getDayOfMonth": lambda at: at.day - 1,
    "getDayOfWeek": lambda at: at.isoweekday() % 7,
    "getDayOfYear": lambda at: at.timetuple().tm_yday - 1,
    "getHours": lambda at: at.hour,
    "getMinutes": lambda at: at.minute,
    "getSeconds": lambda at: at.second,
    "getMilliseconds": lambda at: at.microsecond // 1000,
}
_OF_SPAN = {
    "getHours": timedelta(hours=1),
    "getMinutes": timedelta(minutes=1),
    "getSeconds": timedelta(seconds=1),
    "getMilliseconds": timedelta(milliseconds=1),
}
