"""``replica: POD, loaded: true``: what the InstanceSet says of a replica that is being made."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from pydantic import Field

from pytest_kbevents.api.names import REPLICAS_STATUS_ANNOTATION
from pytest_kbevents.api.objects import annotations_of, namespace_of
from pytest_kbevents.api.resources import CONFIG_MAPS, EVENTS, INSTANCE_SETS, PODS, Resource
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.subject import Subject, said_of
from pytest_kbevents.scenario.values import TextExpectation


class Replica(Subject):
    """A replica's entry in ``replicas-status``: whether its data is loaded, and its message where that is given."""

    key: ClassVar[str] = "replica"
    said: ClassVar[tuple[str, ...]] = ("loaded", "message")

    replica: str = Field(description="The Pod's name.")
    loaded: bool | None = Field(default=None, description="Whether its data is loaded; null when it has no entry.")
    message: TextExpectation = Field(default=None, description="The entry's message.")

    @property
    def kinds(self) -> tuple[Resource, ...]:
        return (INSTANCE_SETS,)

    def reading(self, state: State, namespace: str) -> Any:
        sets = [found for found in state.list(INSTANCE_SETS) if namespace_of(found) == namespace]
        if not sets:
            return None
        texts = [annotations_of(found).get(REPLICAS_STATUS_ANNOTATION) for found in sets]
        mine = [entry for text in texts for entry in _entries(text) if entry.get("name") == self.replica]
        if not mine:
            return {"loaded": None, "message": None}
        return {"loaded": bool(mine[0].get("dataLoaded")), "message": mine[0].get("message", "")}

    def exists(self, state: State, namespace: str) -> bool:
        """It has an entry, or there is such a Pod."""
        found = self.reading(state, namespace)
        entry = found is not None and found["loaded"] is not None
        return entry or state.get(PODS, (namespace, self.replica)) is not None

    def concerns(self, revision: Revision) -> bool:
        return revision.resource in (INSTANCE_SETS, CONFIG_MAPS, EVENTS)

    def name(self) -> str:
        return f"replica {self.replica}"

    def sentence(self) -> str:
        fields = self.expectation()
        if "loaded" in fields:
            state = {None: "no entry", True: "its data", False: "no data yet"}[fields.pop("loaded")]
            return f"{self.name()} has {' and '.join(part for part in (state, said_of(fields)) if part)}"
        return f"{self.name()} has {said_of(fields)}"


def _entries(text: str | None) -> list[dict[str, object]]:
    try:
        status = json.loads(text or "{}").get("status")
    except (ValueError, AttributeError, RecursionError):
        return []
    return [entry for entry in status if isinstance(entry, dict)] if isinstance(status, list) else []
