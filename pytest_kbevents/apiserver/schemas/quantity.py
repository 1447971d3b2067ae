"""Quantities (``500m``, ``1Gi``) in the one form that Kubernetes writes each in."""

from __future__ import annotations

import re
from decimal import ROUND_UP, Decimal

_PATTERN = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))([eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?")
_DECIMAL = {"n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_BINARY = ("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei")
_SMALLEST = Decimal(1).scaleb(-9)


def amount(text: str) -> Decimal:
    """How much it is. Raises ValueError."""
    number, suffix = _parts(text)
    if suffix in _BINARY[1:]:
        return number * Decimal(1024) ** _BINARY.index(suffix)
    return number.scaleb(_DECIMAL[suffix] if suffix in _DECIMAL else int(suffix[1:]))


def canonical(text: str) -> str:
    """The same amount with no fraction and the largest suffix of its family; finer than nano is rounded up.

    Raises:
        ValueError: the text is no quantity, in Kubernetes' words.
    """
    number, suffix = _parts(text)
    if suffix in _BINARY[1:]:
        return _binary(number * 1024 ** _BINARY.index(suffix))
    if suffix and suffix not in _DECIMAL:
        return _decimal(number.scaleb(int(suffix[1:])), exponent=True)
    return _decimal(number.scaleb(_DECIMAL[suffix]))


def _parts(text: str) -> tuple[Decimal, str]:
    match = _PATTERN.fullmatch(text)
    if match is None:
        raise ValueError("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")
    return Decimal(match[1]), match[2] or ""


def _decimal(amount: Decimal, *, exponent: bool = False) -> str:
    amount = amount.quantize(_SMALLEST, ROUND_UP) if amount % _SMALLEST else amount
    if not amount:
        return "0"
    for suffix, power in reversed(_DECIMAL.items()):
        scaled = amount.scaleb(-power)
        if scaled == scaled.to_integral_value():
            spelled = (f"e{power}" if power else "") if exponent else suffix
            return f"{int(scaled)}{spelled}"
    return str(amount)


def _binary(amount: Decimal) -> str:
    if amount != amount.to_integral_value():
        return _decimal(amount)
    whole, step = int(amount), 0
    while whole and whole % 1024 == 0 and step < len(_BINARY) - 1:
        whole, step = whole // 1024, step + 1
    return f"{whole}{_BINARY[step]}"
