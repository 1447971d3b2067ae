"""``recorded: REASON, about: NAME, times: N``: what the controller recorded about an object."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from pytest_kbevents.api.names import AGENT, LORRY
from pytest_kbevents.api.objects import Object, namespace_of
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.subject import Observation, Subject


class Recorded(Subject):
    """Events of a reason about an object that no agent wrote: how often in all, counts added up."""

    key: ClassVar[str] = "recorded"

    recorded: str = Field(description="The Events' reason.")
    about: str = Field(description="The name of the object that they are about.")
    times: int = Field(ge=0, description="How often in all.")

    def observe(self, state: State, namespace: str) -> Observation:
        counts = [
            event.get("count") or 1
            for event in state.list(EVENTS)
            if namespace_of(event) == namespace and self._is_meant(event)
        ]
        return Observation({"times": self.times}, {"times": sum(counts)})

    def concerns(self, revision: Revision) -> bool:
        return revision.resource == EVENTS and self._is_meant(revision.object)

    def sentence(self) -> str:
        return f"{self.recorded} is recorded {self.times} times about {self.about}"

    def _is_meant(self, event: Object) -> bool:
        about = (event.get("involvedObject") or {}).get("name") == self.about
        return about and event.get("reason") == self.recorded and event.get("reportingComponent") not in (AGENT, LORRY)
