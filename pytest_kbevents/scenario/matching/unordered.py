"""The same items in any order."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.scenario.matching.judged import Judge, Judged
from pytest_kbevents.scenario.matching.pairing import pairs


def unordered(expected: list[Any], items: list[Any], judge: Judge) -> Judged:
    """Each expectation with an item of its own. What was seen is in the expectations' order, then what nobody expected;
    where an expectation has no item, the nearest one that is left stands for it.
    """
    table = [[judge(expectation, item) for item in items] for expectation in expected]
    chosen = pairs([[judged.misses == 0 for judged in row] for row in table], len(items))
    left = [index for index in range(len(items)) if index not in set(chosen)]
    misses, seen = 0, []
    for row, column in zip(table, chosen, strict=True):
        judged = _nearest(row, left) if column is None else row[column]
        misses += judged.misses
        seen.append(judged.seen)
    return Judged(misses + len(left), seen + [items[index] for index in left])


def _nearest(row: list[Judged], left: list[int]) -> Judged:
    """The nearest of the items that are left, which then is no longer; where none is left, nothing is there."""
    if not left:
        return Judged(1, None)
    column = min(left, key=lambda index: row[index].misses)
    left.remove(column)
    return row[column]
