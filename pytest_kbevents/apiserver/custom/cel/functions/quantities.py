"""Quantities of Kubernetes: ``quantity("500Mi").isLessThan(quantity("1Gi"))``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pytest_kbevents.apiserver.custom.cel.functions.reading import reads
from pytest_kbevents.apiserver.schemas.quantity import canonical

KIND = "quantity"
"""The one field of a quantity's value in CEL: its amount, so that equal ones are equal."""
_POWERS = {"n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_BINARY = ("Ki", "Mi", "Gi", "Ti", "Pi", "Ei")


def quantity(text: str) -> dict[str, str]:
    """The quantity that a text is. Raises ValueError."""
    return _of(_amount(canonical(text)))


def is_quantity(text: str) -> bool:
    """Whether a text is a quantity."""
    return reads(canonical, text)


def sign(value: Any) -> int:
    """-1, 0 or 1."""
    amount = amount_of(value)
    return (amount > 0) - (amount < 0)


def is_integer(value: Any) -> bool:
    """Whether it is a whole number that fits 64 bits."""
    amount = amount_of(value)
    return amount == amount.to_integral_value() and -(2**63) <= amount < 2**63


def as_integer(value: Any) -> int:
    """The whole number that it is. Raises ValueError."""
    if not is_integer(value):
        raise ValueError("cannot convert value to integer")
    return int(amount_of(value))


def as_float(value: Any) -> float:
    """The nearest number."""
    return float(amount_of(value))


def add(value: Any, other: Any) -> dict[str, str]:
    """The sum with a quantity or a number."""
    return _of(amount_of(value) + amount_of(other))


def sub(value: Any, other: Any) -> dict[str, str]:
    """The difference from a quantity or a number."""
    return _of(amount_of(value) - amount_of(other))


def compare(value: Any, other: Any) -> int:
    """-1, 0 or 1, as the first is less than, equal to or greater than the second."""
    first, second = amount_of(value), amount_of(other)
    return (first > second) - (first < second)


def amount_of(value: Any) -> Decimal:
    """How much a quantity, or a number, is."""
    return Decimal(value[KIND]) if isinstance(value, dict) else Decimal(value)


def _of(amount: Decimal) -> dict[str, str]:
    return {KIND: f"{amount.normalize():f}"}


def _amount(text: str) -> Decimal:
    if text[-2:] in _BINARY:
        return Decimal(text[:-2]) * Decimal(1024) ** (_BINARY.index(text[-2:]) + 1)
    if text[-1:] in _POWERS:
        return Decimal(text[:-1]).scaleb(_POWERS[text[-1]])
    return Decimal(text)
