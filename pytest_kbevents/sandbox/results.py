"""What would be too large is refused before it is made: by operators, methods and filters that make more of things."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from types import BuiltinMethodType
from typing import Any

from pytest_kbevents.errors import InputError
from pytest_kbevents.sandbox.effort import bound, weight

MOST_BITS = 100_000
"""Of a number."""
MOST_GROWTH = 10
"""Times the longest text: so much more than is kept may be in memory for a moment."""

GROWING_FILTERS = frozenset({"batch", "center", "indent", "join", "replace", "round", "slice", "tojson", "wordwrap"})
GROWING_METHODS = frozenset(
    {"center", "expandtabs", "join", "ljust", "replace", "rjust", "to_bytes", "translate", "zfill"}
)
_CONVERSION = re.compile(r"%(?:\([^)]*\))?[-#0 +]*(\*|\d*)(?:\.(\*|\d*))?")
_WIDE = re.compile(r"\*|\d{5,}|\{")
_REPEATABLE = (str, bytes, list, tuple)


def check_operation(operator: str, left: Any, right: Any) -> None:
    """Raises InputError."""
    if operator == "*":
        _check_product(left, right)
        _check_product(right, left)
    elif operator == "**" and isinstance(left, int) and isinstance(right, int):
        _check_bits(left.bit_length() * abs(right) if abs(left) > 1 else 1)
    elif operator == "%" and isinstance(left, (str, bytes)):
        text = left if isinstance(left, str) else left.decode("latin-1")
        widths = _CONVERSION.findall(text)
        _check_fields([width for pair in widths for width in pair], right)


def check_format(text: str, given: Any) -> None:
    """``str.format``. Raises InputError."""
    _check_fields([spec or "" for _, _, spec, _ in string.Formatter().parse(text)], given)


def check_method(method: BuiltinMethodType, arguments: Sequence[Any]) -> None:
    """Raises InputError."""
    if method.__name__ in GROWING_METHODS and isinstance(method.__self__, (str, bytes, int)):
        check_growth(method.__self__, arguments)


def check_growth(value: Any, arguments: Sequence[Any]) -> None:
    """Of what makes a value at most as many times as large as an argument is, or says. Raises InputError."""
    bound(weight(value) * max((_largest(each) for each in arguments), default=1) // MOST_GROWTH)


def _largest(argument: Any) -> int:
    number = abs(argument) if isinstance(argument, int) else 1
    return max(number, weight(argument))


def _check_product(value: Any, times: Any) -> None:
    if isinstance(times, int) and isinstance(value, _REPEATABLE):
        bound(len(value) * times)
    elif isinstance(times, int) and isinstance(value, int):
        _check_bits(times.bit_length() + value.bit_length())


def _check_fields(widths: Sequence[str], given: Any) -> None:
    if any(_WIDE.search(width) for width in widths):
        raise InputError("a format's width must be a number below 10000, written in the format")
    bound(len(widths) * weight(given) // MOST_GROWTH)


def _check_bits(bits: int) -> None:
    if bits > MOST_BITS:
        raise InputError(f"this template makes a number of more than {MOST_BITS} bits")
