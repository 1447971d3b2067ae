"""Functions of lists and sets."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any


def is_sorted(items: list[Any]) -> bool:
    """Each item is at least the one before it."""
    return all(first <= second for first, second in pairwise(items))


def total(items: list[Any]) -> Any:
    """The sum of numbers or durations."""
    return sum(items, timedelta() if items and isinstance(items[0], timedelta) else 0)


def smallest(items: list[Any]) -> Any:
    """The smallest item."""
    if not items:
        raise ValueError("min called on empty list")
    return min(items)


def largest(items: list[Any]) -> Any:
    """The largest item."""
    if not items:
        raise ValueError("max called on empty list")
    return max(items)


def index_of(items: list[Any], item: Any) -> int:
    """Where an item first stands; -1 for nowhere."""
    return items.index(item) if item in items else -1


def last_index_of(items: list[Any], item: Any) -> int:
    """Where an item last stands; -1 for nowhere."""
    return len(items) - 1 - items[::-1].index(item) if item in items else -1


def contains(items: list[Any], others: list[Any]) -> bool:
    """A set has all of another's items."""
    return all(other in items for other in others)


def equivalent(items: list[Any], others: list[Any]) -> bool:
    """Two sets have the same items."""
    return contains(items, others) and contains(others, items)


def intersects(items: list[Any], others: list[Any]) -> bool:
    """Two sets have an item in common."""
    return any(other in items for other in others)
