"""``recorded: REASON, about: NAME, times: N``: what the controller recorded about an object."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from pytest_kbevents.api.names import AGENT, LORRY
from pytest_kbevents.api.objects import Object, name_of, namespace_of
from pytest_kbevents.api.resources import EVENTS, Resource
from pytest_kbevents.history.recorder import RECORDED
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.subject import Subject, words
from pytest_kbevents.scenario.values import Expectation, NumberExpectation


class Recorded(Subject):
    """Events of a reason about an object that no agent wrote: how often in all, counts added up."""

    key: ClassVar[str] = "recorded"
    said: ClassVar[tuple[str, ...]] = ("times", "says")

    recorded: str = Field(description="The Events' reason.")
    about: str = Field(description="The name of the object that they are about.")
    times: NumberExpectation = Field(default=None, description="How often in all.")
    says: Expectation = Field(default=None, description="What the newest one's message must be.")

    @property
    def kinds(self) -> tuple[Resource, ...]:
        return (EVENTS,)

    def reading(self, state: State, namespace: str) -> Any:
        found = [event for event in state.list(EVENTS) if namespace_of(event) == namespace and self._is_meant(event)]
        newest = max(found, key=lambda event: int(event["metadata"].get("resourceVersion", 0)), default={})
        return {"times": sum(event.get("count") or 1 for event in found), "says": newest.get("message")}

    def exists(self, state: State, namespace: str) -> bool:
        return is_there(state, namespace, self.about)

    def concerns(self, revision: Revision) -> bool:
        return revision.resource == EVENTS and self._is_meant(revision.object)

    def name(self) -> str:
        return f"{self.recorded} about {self.about}"

    def sentence(self) -> str:
        times = f" {words(self.times)} times" if "times" in self.model_fields_set else ""
        says = f", saying {words(self.says)}" if "says" in self.model_fields_set else ""
        return f"{self.recorded} is recorded{times} about {self.about}{says}"

    def _is_meant(self, event: Object) -> bool:
        about = (event.get("involvedObject") or {}).get("name") == self.about
        return about and event.get("reason") == self.recorded and event.get("reportingComponent") not in (AGENT, LORRY)


def is_there(state: State, namespace: str, name: str) -> bool:
    """Whether an object of that name is, of whatever kind."""
    return any(
        name_of(found) == name and namespace_of(found) == namespace
        for resource in RECORDED
        if resource != EVENTS
        for found in state.list(resource)
    )
