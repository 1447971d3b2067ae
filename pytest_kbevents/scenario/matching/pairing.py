"""Which of these goes with which of those: as many pairs as there can be."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence


def pairs(fits: Sequence[Sequence[bool]], columns: int) -> list[int | None]:
    """For each row the column that it is paired with, or None; ``fits[row][column]`` says what may be paired.

    No other pairing has more pairs: what could be taken greedily is given up where that makes room for another.
    """
    row_of: dict[int, int] = {}
    for row in range(len(fits)):
        _make_room(row, fits, columns, row_of)
    column_of = {row: column for column, row in row_of.items()}
    return [column_of.get(row) for row in range(len(fits))]


def _make_room(start: int, fits: Sequence[Sequence[bool]], columns: int, row_of: dict[int, int]) -> None:
    """Pair one row more, along the shortest chain of rows that can move on; leave all as it is when there is none."""
    reached_from: dict[int, int] = {}
    waiting = deque([start])
    while waiting:
        row = waiting.popleft()
        for column in range(columns):
            if not fits[row][column] or column in reached_from:
                continue
            reached_from[column] = row
            if column not in row_of:
                _move_on(column, start, reached_from, row_of)
                return
            waiting.append(row_of[column])


def _move_on(column: int, start: int, reached_from: dict[int, int], row_of: dict[int, int]) -> None:
    row = reached_from[column]
    while row != start:
        left = next(taken for taken, holder in row_of.items() if holder == row)
        row_of[column] = row
        del row_of[left]
        column, row = left, reached_from[left]
    row_of[column] = row
