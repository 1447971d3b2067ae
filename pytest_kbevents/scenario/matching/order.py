"""What comes before what: numbers, text that is a number, and RFC 3339 times."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from pytest_kbevents.api import times

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?", re.ASCII)


class Rank(NamedTuple):
    """A place in an order. Numbers and times are orders of their own."""

    kind: str
    at: Decimal

    def compared(self, other: Rank) -> int:
        """-1, 0 or 1: before, at or after the other, which must be of the same kind."""
        return (self.at > other.at) - (self.at < other.at)


def rank(value: Any) -> Rank | None:
    """The place of a value, exact however large; a time's to the microsecond. None when it has no place."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, int):
        return Rank("number", Decimal(value))
    text = value if isinstance(value, str) else repr(value)
    if _NUMBER.fullmatch(text):
        return _number(text)
    try:
        return Rank("time", Decimal(times.parse(text)))
    except ValueError:
        return None


def _number(text: str) -> Rank | None:
    try:
        return Rank("number", Decimal(text))
    except InvalidOperation:  # an exponent beyond measure
        return None
