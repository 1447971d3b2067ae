"""``component: NAME, available: "True"``: a Component's Available condition."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from pytest_kbevents.api.names import AVAILABLE_CONDITION
from pytest_kbevents.api.objects import Object, conditions_of, name_of
from pytest_kbevents.api.resources import COMPONENTS, EVENTS, Resource
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.subject import Subject, said_of
from pytest_kbevents.scenario.values import TextExpectation


class ComponentAvailable(Subject):
    """A Component's Available condition has this status, and this reason and message where they are given."""

    key: ClassVar[str] = "component"
    said: ClassVar[tuple[str, ...]] = ("available", "reason", "message")

    component: str = Field(description="The Component's name.")
    available: Literal["True", "False", "Unknown"] | None = Field(
        default=None, description='"True", "False" or "Unknown"; null when there is no condition.'
    )
    reason: TextExpectation = Field(default=None, description="The condition's reason.")
    message: TextExpectation = Field(default=None, description="The condition's message.")

    @property
    def kinds(self) -> tuple[Resource, ...]:
        return (COMPONENTS,)

    def reading(self, state: State, namespace: str) -> Any:
        found = state.get(COMPONENTS, (namespace, self.component))
        if found is None:
            return None
        condition: Object = next((item for item in conditions_of(found) if item.get("type") == AVAILABLE_CONDITION), {})
        reason, message = (condition.get(field, "") for field in ("reason", "message"))
        return {"available": condition.get("status"), "reason": reason, "message": message}

    def concerns(self, revision: Revision) -> bool:
        if revision.resource == EVENTS:
            return True
        return revision.resource == COMPONENTS and name_of(revision.object) == self.component

    def name(self) -> str:
        return f"Component {self.component}"

    def sentence(self) -> str:
        fields = self.expectation()
        said = {field.replace("available", "Available"): value for field, value in fields.items()}
        return f"{self.name()} has {said_of(said)}"
