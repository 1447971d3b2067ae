"""What is wrong with a value, in two forms: as it is found, and as a cause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.validation.causes import Cause, shown

NOWHERE = "<nil>"
"""The field of what is said of no field."""
BLOCKING = frozenset(
    ("FieldValueNotSupported", "FieldValueRequired", "FieldValueTooLong", "FieldValueTooMany", "FieldValueTypeInvalid")
)
"""Reasons for which rules are not asked any more."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule. ``name`` is the path, None for what is said of a combination of schemas."""

    name: str | None
    reason: str
    message: str


@dataclass(slots=True)
class Findings:
    """The problems of a value, each once, and how much of the schema fitted: what the best of several is chosen by."""

    problems: dict[Problem, None] = field(default_factory=dict)
    matches: int = 0

    def add(self, *problems: Problem) -> None:
        """Note problems."""
        self.problems.update(dict.fromkeys(problems))

    def merge(self, other: Findings) -> None:
        """Note what was found of a part."""
        self.problems.update(other.problems)
        self.matches += other.matches

    def causes(self, prefix: str = "") -> Iterator[Cause]:
        """The same as causes; ``prefix`` is the path of the value that was looked at."""
        for problem in self.problems:
            name = (problem.name or "").lstrip(".")
            place = f"{prefix}.{name}" if prefix and name else prefix or name
            yield Cause(problem.reason, place or NOWHERE, problem.message)


def required(name: str) -> Problem:
    """Nothing is there and something must be."""
    return Problem(name, "FieldValueRequired", "Required value")


def invalid(name: str, value: Any, rule: str) -> Problem:
    """The value breaks a rule."""
    return Problem(name, "FieldValueInvalid", f"Invalid value: {_shown(value)}: {name} in body {rule}")


def wrong_type(name: str, wanted: str, value: Any) -> Problem:
    """The value is of another type; ``value`` is that type's name, or a text that is not of its format."""
    told = f"{name} in body must be of type {wanted}: {shown(value)}"
    return Problem(name, "FieldValueTypeInvalid", f"Invalid value: {shown(value)}: {told}")


def not_positive(name: str, factor: float) -> Problem:
    """A factor that nothing is a multiple of."""
    shown_ = gotext.number(factor)
    told = f"factor MultipleOf declared for {name} must be positive: {shown_}"
    return Problem(name, "FieldValueInvalid", f"Invalid value: {shown_}: {told}")


def too_long(name: str, limit: int) -> Problem:
    """More characters than there may be."""
    bytes_ = "byte" if limit == 1 else "bytes"
    return Problem(name, "FieldValueTooLong", f"Too long: may not be more than {limit} {bytes_}")


def too_many(name: str, count: int, limit: int) -> Problem:
    """More items than there may be."""
    items = "item" if limit == 1 else "items"
    return Problem(name, "FieldValueTooMany", f"Too many: {count}: must have at most {limit} {items}")


def unsupported(name: str, value: Any, values: list[Any]) -> Problem:
    """The value is none of a fixed set."""
    names = ", ".join(f'"{item if isinstance(item, str) else shown(item)}"' for item in values)
    return Problem(name, "FieldValueNotSupported", f"Unsupported value: {_shown(value)}: supported values: {names}")


def combined(told: str) -> Problem:
    """Something is said of schemas that belong together."""
    return Problem(None, "FieldValueInvalid", f'Invalid value: "": {told}')


def _shown(value: Any) -> str:
    return shown(gotext.ordered(value) if isinstance(value, (dict, list)) else value)
