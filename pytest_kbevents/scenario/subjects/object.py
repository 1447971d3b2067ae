"""``object: {kind, name}, matches: {...}``: any recorded object, by the part of it that matters."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from pytest_kbevents.api.objects import name_of
from pytest_kbevents.api.resources import Resource
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.kinds import Reference, resource_of
from pytest_kbevents.scenario.subjects.subject import Subject
from pytest_kbevents.scenario.values import Expectation


class ObjectMatches(Subject):
    """An object has these fields with these values; null: the field, or the whole object, is not there. Operators say
    more: ``{$contains: text}``, ``{$jmespath: EXPRESSION, $is: value}``.
    """

    key: ClassVar[str] = "object"
    said: ClassVar[tuple[str, ...]] = ("matches",)

    object: Reference = Field(description="Which object.")
    matches: Expectation = Field(
        default=None, description="The part that must be so; null when the object must be gone."
    )

    @property
    def kinds(self) -> tuple[Resource, ...]:
        return (resource_of(self.object.kind),)

    def reading(self, state: State, namespace: str) -> Any:
        return state.get(resource_of(self.object.kind), (namespace, self.object.name))

    def expectation(self) -> Any:
        return self.matches

    def concerns(self, revision: Revision) -> bool:
        return revision.resource in self.kinds and name_of(revision.object) == self.object.name

    def name(self) -> str:
        return f"{self.object.kind} {self.object.name}"

    def sentence(self) -> str:
        return f"{self.name()} {'is gone' if self.matches is None else 'matches'}"
