"""``event: REASON, about: POD, says: TEXT``: what agents told of a Pod."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from pytest_kbevents.api.names import AGENT, LORRY
from pytest_kbevents.api.objects import Object, namespace_of
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.subject import Observation, Subject


class Told(Subject):
    """There is an agent's Event of a reason about a Pod, whose message contains a text."""

    key: ClassVar[str] = "event"

    event: str = Field(description="The Event's reason: roleProbe, availableProbe, task.")
    about: str = Field(description="The Pod's name.")
    says: str = Field(default="", description="Part of its message; without it, any message.")

    def observe(self, state: State, namespace: str) -> Observation:
        messages = [
            str(event.get("message"))
            for event in state.list(EVENTS)
            if namespace_of(event) == namespace and self._is_meant(event)
        ]
        said = any(self.says in message for message in messages)
        return Observation({"says": self.says}, {"says": self.says if said else messages})

    def concerns(self, revision: Revision) -> bool:
        return revision.resource == EVENTS and self._is_meant(revision.object)

    def sentence(self) -> str:
        return f"{self.event} is told of {self.about}{f', with {self.says!r}' if self.says else ''}"

    def _is_meant(self, event: Object) -> bool:
        about = (event.get("involvedObject") or {}).get("name") == self.about
        return about and event.get("reason") == self.event and event.get("reportingComponent") in (AGENT, LORRY)
