"""``object: {kind, name}, matches: {...}``: any recorded object, by the part of it that matters."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from pytest_kbevents.api.objects import name_of
from pytest_kbevents.api.resources import Resource
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.kinds import Reference, resource_of
from pytest_kbevents.scenario.matching import projected
from pytest_kbevents.scenario.subjects.subject import Observation, Subject


class ObjectMatches(Subject):
    """An object has these fields with these values; null: the field, or the whole object, is not there."""

    key: ClassVar[str] = "object"

    object: Reference = Field(description="Which object.")
    matches: dict[str, Any] | None = Field(description="The part that must be so; null when the object must be gone.")

    def observe(self, state: State, namespace: str) -> Observation:
        found = state.get(self._resource, (namespace, self.object.name))
        return Observation(
            self.matches, projected(self.matches, found) if self.matches is not None and found else found
        )

    def concerns(self, revision: Revision) -> bool:
        return revision.resource == self._resource and name_of(revision.object) == self.object.name

    def sentence(self) -> str:
        state = "is gone" if self.matches is None else "matches"
        return f"{self.object.kind} {self.object.name} {state}"

    @property
    def _resource(self) -> Resource:
        return resource_of(self.object.kind)
