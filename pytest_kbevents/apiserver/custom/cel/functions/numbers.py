"""Numbers out of other values."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from typing import Any

_WHOLE = re.compile(r"[-+]?\d+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:[\d_]+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:inf|infinity)|nan", re.ASCII | re.IGNORECASE)
_MOST = 2**63


def to_int(value: Any) -> int:
    """The whole number that a value is: of a time its seconds, of a duration its nanoseconds. Raises ValueError."""
    if isinstance(value, datetime):
        return math.floor(value.timestamp())
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1) * 1000
    if isinstance(value, str):
        found = int(value) if _WHOLE.fullmatch(value) else _MOST
        if not -_MOST <= found < _MOST:
            raise ValueError("type conversion error from 'string' to 'int'")
        return found
    if isinstance(value, float) and not -_MOST < value < _MOST:
        raise ValueError("integer overflow")
    return int(value)


def to_double(value: Any) -> float:
    """The number that a value is. Raises ValueError."""
    if isinstance(value, str) and _FLOAT.fullmatch(value) is None:
        raise ValueError("type conversion error from 'string' to 'double'")
    return float(value)
