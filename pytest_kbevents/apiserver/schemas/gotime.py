"""Times as Go's decoder takes them, and what it says of those that it does not take."""

from __future__ import annotations

import re
from datetime import datetime

SECONDS = "2006-01-02T15:04:05Z07:00"
"""Layout of a Time; a fraction of a second may stand in it, and is dropped."""
MICROS = "2006-01-02T15:04:05.000000Z07:00"
"""Layout of a MicroTime: six decimals, no more and no less."""

_PARTS = (
    ("2006", r"\d{4}"),
    ("-", "-"),
    ("01", r"\d\d"),
    ("-", "-"),
    ("02", r"\d\d"),
    ("T", "T"),
    ("15", r"\d\d"),
    (":", ":"),
    ("04", r"\d\d"),
    (":", ":"),
    ("05", r"\d\d"),
)
_ZONE = ("Z07:00", r"Z|[+-]\d\d:\d\d")


def problem(text: str, layout: str) -> str:
    """Go's error for a text that does not follow a layout; ``""`` when it does."""
    fraction = ((".000000", r"\.\d{6}"),) if layout == MICROS else (("", r"(?:[.,]\d+)?"),)
    rest = text
    for element, pattern in (*_PARTS, *fraction, _ZONE):
        match = re.match(pattern, rest, re.ASCII)
        if match is None:
            return f'parsing time "{text}" as "{layout}": cannot parse "{rest}" as "{element}"'
        rest = rest[match.end() :]
    if rest:
        return f'parsing time "{text}": extra text: "{rest}"'
    return _range(text)


def _range(text: str) -> str:
    for name, (begin, end), (low, high) in (
        ("month", (5, 7), (1, 12)),
        ("hour", (11, 13), (0, 23)),
        ("minute", (14, 16), (0, 59)),
        ("second", (17, 19), (0, 59)),
    ):
        if not low <= int(text[begin:end]) <= high:
            return f'parsing time "{text}": {name} out of range'
    try:
        datetime(int(text[:4]) or 4, int(text[5:7]), int(text[8:10]))  # noqa: DTZ001 - a day of the calendar
    except ValueError:
        return f'parsing time "{text}": day out of range'
    return ""
