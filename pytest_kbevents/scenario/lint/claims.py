"""Whether two assertions can both hold, and whether one of them says the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_kbevents.scenario.matching.match import compare
from pytest_kbevents.scenario.matching.operators import is_operator
from pytest_kbevents.scenario.subjects.subject import Subject
from pytest_kbevents.scenario.subjects.told import Told


def same_subject(one: Subject, other: Subject) -> bool:
    """Whether both look at the same thing."""
    return type(one) is type(other) and _identity(one) == _identity(other)


def clash(one: Subject, other: Subject) -> bool:
    """Whether they are of the same thing, and never hold of the same state."""
    if isinstance(one, Told) or not same_subject(one, other):  # an agent tells one thing, and another beside it
        return False
    return _clash(one.expectation(), other.expectation())


def covers(one: Subject, other: Subject) -> bool:
    """Whether they are of the same thing, and whenever ``one`` holds, ``other`` does."""
    return same_subject(one, other) and _covers(one.expectation(), other.expectation())


def _identity(subject: Subject) -> dict[str, Any]:
    return subject.model_dump(exclude=set(type(subject).said))


def _is_whole(expectation: Any) -> bool:
    """Whether it says all of a value: what is neither a mapping nor has one in it."""
    if isinstance(expectation, list):
        return all(_is_whole(item) for item in expectation)
    return not isinstance(expectation, Mapping)


def _clash(one: Any, other: Any) -> bool:
    if _is_whole(one):
        return not compare(other, one).holds
    if _is_whole(other):
        return not compare(one, other).holds
    if isinstance(one, list) and isinstance(other, list):
        return len(one) != len(other) or any(map(_clash, one, other))
    if not (isinstance(one, Mapping) and isinstance(other, Mapping)) or is_operator(one) or is_operator(other):
        return False
    return any(_clash(one[key], other[key]) for key in one.keys() & other.keys())


def _covers(one: Any, other: Any) -> bool:
    if _is_whole(one):
        return compare(other, one).holds
    if isinstance(one, Mapping) and isinstance(other, Mapping) and not is_operator(one) and not is_operator(other):
        return all(key in one and _covers(one[key], other[key]) for key in other)
    return bool(one == other)
