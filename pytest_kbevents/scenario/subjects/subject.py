"""The contract of a subject."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

from pytest_kbevents.api.resources import Resource
from pytest_kbevents.environment.traffic import Look
from pytest_kbevents.environment.world import World
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.matching.match import Comparison, compare
from pytest_kbevents.scenario.matching.operators import is_operator
from pytest_kbevents.scenario.values import Model


class Subject(Model):
    """Something that can be looked at in every state. ``key`` is the key it is recognised by, ``said`` the fields that
    say what must be so; the others say what is looked at.
    """

    key: ClassVar[str]
    said: ClassVar[tuple[str, ...]]
    says_enough: ClassVar[bool] = False
    """Something is said of it even when none of these fields is."""

    @property
    @abstractmethod
    def kinds(self) -> tuple[Resource, ...]:
        """A revision of another kind does not change what is read."""

    @abstractmethod
    def reading(self, state: State, namespace: str) -> Any:
        """What there is, as JSON; None when it is not there."""

    def expectation(self) -> Any:
        """What must match the reading: the fields that were said."""
        return {field: getattr(self, field) for field in self.said if field in self.model_fields_set}

    def observe(self, state: State, namespace: str) -> Comparison:
        """Look, and compare. Nothing is said of fields of what is not there."""
        expected, seen = self.expectation(), self.reading(state, namespace)
        if seen is None and isinstance(expected, dict) and not is_operator(expected):
            return Comparison(holds=False, expected=expected, seen=None, misses=len(expected) + 1)
        return compare(expected, seen)

    def exists(self, state: State, namespace: str) -> bool:
        """Whether what is looked at is there, so that something can be said of it."""
        return self.reading(state, namespace) is not None

    def traffic(self, world: World) -> Callable[[], Look] | None:
        """Asks for what the history cannot show, where it can be asked for."""
        del world
        return None

    def concerns(self, revision: Revision) -> bool:
        """Whether a revision is worth showing to someone who asks why the assertion failed."""
        return revision.resource in self.kinds

    @abstractmethod
    def name(self) -> str:
        """What is looked at, in words."""

    @abstractmethod
    def sentence(self) -> str:
        """The assertion in words."""

    def happening(self, comparison: Comparison) -> str:
        """What a ``never`` saw, in words that "from revision 7" can follow."""
        del comparison
        return "it is"


def words(value: Any) -> str:
    """An expectation in a sentence: a text bare, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def said_of(fields: dict[str, Any]) -> str:
    """``reason ProbeCheckFail and message {"$contains": "x"}``."""
    return " and ".join(
        f"no {field}" if value is None else f"{field} {words(value)}" for field, value in fields.items()
    )
