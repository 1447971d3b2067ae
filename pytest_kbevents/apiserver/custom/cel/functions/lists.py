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


def part(items: list[Any], start: int, end: int) -> list[Any]:
    """The items from one place up to another. Raises ValueError."""
    if start < 0 or end < 0:
        raise ValueError(f"cannot slice({start}, {end}), negative indexes not supported")
    if start > end:
        raise ValueError(f"cannot slice({start}, {end}), start index must be less than or equal to end index")
    if end > len(items):
        raise ValueError(f"cannot slice({start}, {end}), list is length {len(items)}")
    return items[start:end]


def flattened(items: list[Any], depth: int = 1) -> list[Any]:
    """The items of lists in a list, as deep as is said."""
    if depth < 0:
        raise ValueError("level must be non-negative")
    found: list[Any] = []
    for item in items:
        found += flattened(item, depth - 1) if isinstance(item, list) and depth else [item]
    return found


def distinct(items: list[Any]) -> list[Any]:
    """Each item once, where it first stands."""
    return [item for index, item in enumerate(items) if item not in items[:index]]


def backwards(items: list[Any]) -> list[Any]:
    """The last item first."""
    return items[::-1]


def numbers(count: int) -> list[int]:
    """The numbers from 0 on."""
    return list(range(count))


def contains(items: list[Any], others: list[Any]) -> bool:
    """A set has all of another's items."""
    return all(other in items for other in others)


def equivalent(items: list[Any], others: list[Any]) -> bool:
    """Two sets have the same items."""
    return contains(items, others) and contains(others, items)


def intersects(items: list[Any], others: list[Any]) -> bool:
    """Two sets have an item in common."""
    return any(other in items for other in others)
