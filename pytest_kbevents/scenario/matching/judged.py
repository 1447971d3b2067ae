"""What comes of holding a value against an expectation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Judged(NamedTuple):
    """How many leaves do not hold, and the part of the value that was looked at."""

    misses: int
    seen: Any


Judge = Callable[[Any, Any], Judged]
"""Holds a value (the second) against an expectation (the first)."""


class Asked(NamedTuple):
    """What an operator is asked: its operand, the operators beside it, and how to judge what is nested in it."""

    operand: Any
    beside: Mapping[str, Any]
    judge: Judge


@dataclass(frozen=True, slots=True)
class Comparison:
    """An expectation and what was there of it, side by side for a person; both are plain JSON.

    ``misses`` is the number of leaves that do not hold: the fewer, the nearer.
    """

    holds: bool
    expected: Any
    seen: Any
    misses: int


class ExpectationError(ValueError):
    """An expectation makes no sense. ``path`` leads to the place inside it: keys and list indices."""

    def __init__(self, path: tuple[str | int, ...], problem: str) -> None:
        super().__init__(problem)
        self.path = path


def verdict(holds: bool, seen: Any) -> Judged:
    """Of something that counts as one leaf."""
    return Judged(0 if holds else 1, seen)


def inapplicable(value: Any, problem: str) -> Judged:
    """It does not hold, for it cannot be asked of such a value; what is not there needs no further word."""
    return Judged(1, None if value is None else f"{spelled(value)} ({problem})")


def spelled(value: Any) -> str:
    """A value inside a sentence, short."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
