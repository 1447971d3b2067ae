"""``component: NAME, available: "True"``: a Component's Available condition."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from pytest_kbevents.api.objects import Object, name_of
from pytest_kbevents.api.resources import COMPONENTS, EVENTS
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.subject import Observation, Subject


class ComponentAvailable(Subject):
    """A Component's Available condition has this status, and this reason and message where they are given."""

    key: ClassVar[str] = "component"

    component: str = Field(description="The Component's name.")
    available: Literal["True", "False", "Unknown"] | None = Field(
        description='"True", "False" or "Unknown"; null when there is no condition.'
    )
    reason: str | None = Field(default=None, description="The condition's reason.")
    message: str | None = Field(default=None, description="The condition's message.")

    def observe(self, state: State, namespace: str) -> Observation:
        found = state.get(COMPONENTS, (namespace, self.component))
        conditions = ((found or {}).get("status") or {}).get("conditions") or []
        condition: Object = next((item for item in conditions if item.get("type") == "Available"), {})
        expected: dict[str, str | None] = {"available": self.available}
        seen = {"available": condition.get("status")}
        for field in ("reason", "message"):
            if getattr(self, field) is not None:
                expected[field], seen[field] = getattr(self, field), condition.get(field, "")
        return Observation(expected, None if found is None else seen)

    def concerns(self, revision: Revision) -> bool:
        if revision.resource == EVENTS:
            return True
        return revision.resource == COMPONENTS and name_of(revision.object) == self.component

    def sentence(self) -> str:
        return f"Component {self.component} has {f'Available {self.available}' if self.available else 'no Available'}"
