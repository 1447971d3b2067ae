"""``replica: POD, loaded: true``: what the InstanceSet says of a replica that is being made."""

from __future__ import annotations

import json
from typing import ClassVar

from pydantic import Field

from pytest_kbevents.api.names import REPLICAS_STATUS_ANNOTATION
from pytest_kbevents.api.objects import annotations_of, namespace_of
from pytest_kbevents.api.resources import EVENTS, INSTANCE_SETS
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.subject import Observation, Subject


class Replica(Subject):
    """A replica's entry in ``replicas-status``: whether its data is loaded, and its message where that is given."""

    key: ClassVar[str] = "replica"

    replica: str = Field(description="The Pod's name.")
    loaded: bool | None = Field(description="Whether its data is loaded; null when it has no entry.")
    message: str | None = Field(default=None, description="The entry's message.")

    def observe(self, state: State, namespace: str) -> Observation:
        entries = [
            entry
            for instance_set in state.list(INSTANCE_SETS)
            if namespace_of(instance_set) == namespace
            for entry in _entries(annotations_of(instance_set).get(REPLICAS_STATUS_ANNOTATION))
            if entry.get("name") == self.replica
        ]
        expected = {"loaded": self.loaded}
        seen = {"loaded": bool(entries[0].get("dataLoaded")) if entries else None}
        if self.message is None:
            return Observation(expected, seen)
        said = entries[0].get("message", "") if entries else None
        return Observation({**expected, "message": self.message}, {**seen, "message": said})

    def concerns(self, revision: Revision) -> bool:
        return revision.resource in (INSTANCE_SETS, EVENTS)

    def sentence(self) -> str:
        state = "no entry" if self.loaded is None else "its data" if self.loaded else "no data yet"
        return f"replica {self.replica} has {state}"


def _entries(text: str | None) -> list[dict[str, object]]:
    try:
        status = json.loads(text or "{}").get("status")
    except (ValueError, AttributeError):
        return []
    return [entry for entry in status if isinstance(entry, dict)] if isinstance(status, list) else []
