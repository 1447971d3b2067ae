"""How much a template may do."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.errors import InputError

MOST_CHARACTERS = 1_000_000
"""That a template writes, or that a value in it has: more than the largest object an API server takes."""
MOST_EFFORT = 5_000_000
"""Characters and items that a template handles while it is rendered once."""

_SEVERAL = (list, tuple, set, frozenset, KeysView, ValuesView, ItemsView)


@dataclass(slots=True)
class _Effort:
    most: int
    whose: str
    left: int


_EFFORT: ContextVar[_Effort | None] = ContextVar("effort", default=None)


@contextmanager
def rendering(most: int = MOST_EFFORT, whose: str = "this template does") -> Iterator[None]:
    """What is spent in here counts together, whatever is said of it further inside."""
    token = _EFFORT.set(_EFFORT.get() or _Effort(most, whose, most))
    try:
        yield
    finally:
        _EFFORT.reset(token)


def spend(amount: int) -> None:
    """Raises InputError when nothing is left."""
    effort = _EFFORT.get()
    assert effort is not None, "templates are rendered within rendering()"
    effort.left -= amount
    if effort.left < 0:
        raise InputError(f"{effort.whose} too much: more than {effort.most} characters or items are handled")


def spent(value: Any) -> Any:
    """The value, its weight spent."""
    spend(weight(value))
    return value


def weight(value: Any) -> int:
    """How many characters, and how many items that are none, are in a value; what stands there twice counts twice.
    Raises InputError when there are too many.
    """
    total, waiting = 0, [value]
    while waiting:
        each = waiting.pop()
        total += 1
        if isinstance(each, (str, bytes)):
            total += len(each)
        elif isinstance(each, int):
            total += each.bit_length() // 8
        elif isinstance(each, Mapping):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, _SEVERAL):
            waiting += each
        bound(total)
    return total


def bound(characters: int) -> None:
    """Raises InputError when a text of so many would be too long."""
    if characters > MOST_CHARACTERS:
        raise InputError(f"this template writes more than {MOST_CHARACTERS} characters")
