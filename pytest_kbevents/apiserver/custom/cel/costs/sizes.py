"""Sizes and costs: whole numbers that stop at the largest of 64 bits."""

from __future__ import annotations

import math
from typing import NamedTuple

MOST = 2**64 - 1
"""What nothing is larger than: the size of what nothing is known of."""


class Size(NamedTuple):
    """How long a text, a list or a map may be."""

    least: int
    most: int


UNKNOWN = Size(0, MOST)
ONE = Size(1, 1)


def plus(*numbers: int) -> int:
    """The sum."""
    return min(sum(numbers), MOST)


def times(first: int, second: int) -> int:
    """The product."""
    return min(first * second, MOST)


def scaled(number: int, factor: float) -> int:
    """The product with a factor, rounded up."""
    return min(math.ceil(float(number) * factor), MOST)


def union(first: Size, second: Size) -> Size:
    """What both are in."""
    return Size(min(first.least, second.least), max(first.most, second.most))


def total(first: Size, second: Size) -> Size:
    """Both together."""
    return Size(plus(first.least, second.least), plus(first.most, second.most))


def product(first: Size, second: Size) -> Size:
    """One as often as the other says."""
    return Size(times(first.least, second.least), times(first.most, second.most))
