"""``event: REASON, about: POD, says: TEXT``: what agents told of a Pod, and whether it was handled."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from pytest_kbevents.api.names import AGENT, HANDLED_ANNOTATION, LORRY
from pytest_kbevents.api.objects import Object, annotations_of, namespace_of
from pytest_kbevents.api.resources import EVENTS, Resource
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.recorded import is_there
from pytest_kbevents.scenario.subjects.subject import Subject


class Told(Subject):
    """There is an agent's Event of a reason about a Pod, whose message contains a text."""

    key: ClassVar[str] = "event"
    said: ClassVar[tuple[str, ...]] = ("says", "handled")
    says_enough: ClassVar[bool] = True

    event: str = Field(description="The Event's reason: roleProbe, availableProbe, task.")
    about: str = Field(description="The Pod's name.")
    says: str = Field(default="", description="Part of its message, in which outputs are Base64; without it, any.")
    handled: bool = Field(
        default=True, description="Whether all such Events carry the mark of having been handled as often as counted."
    )

    @property
    def kinds(self) -> tuple[Resource, ...]:
        return (EVENTS,)

    def reading(self, state: State, namespace: str) -> Any:
        found = [event for event in state.list(EVENTS) if namespace_of(event) == namespace and self._is_meant(event)]
        meant = [event for event in found if self.says in str(event.get("message"))]
        handled = all(_is_handled(event) for event in meant) if meant else None
        return {"says": self.says if meant else [str(event.get("message")) for event in found], "handled": handled}

    def expectation(self) -> Any:
        return {"says": self.says} | ({"handled": self.handled} if "handled" in self.model_fields_set else {})

    def exists(self, state: State, namespace: str) -> bool:
        return is_there(state, namespace, self.about)

    def concerns(self, revision: Revision) -> bool:
        return revision.resource == EVENTS and self._is_meant(revision.object)

    def name(self) -> str:
        return f"{self.event} of {self.about}"

    def sentence(self) -> str:
        handled = {True: " and handled", False: " and not handled"} if "handled" in self.model_fields_set else {}
        said = f", with {self.says!r}" if self.says else ""
        return f"{self.event} is told of {self.about}{said}{handled.get(self.handled, '')}"

    def _is_meant(self, event: Object) -> bool:
        about = (event.get("involvedObject") or {}).get("name") == self.about
        return about and event.get("reason") == self.event and event.get("reportingComponent") in (AGENT, LORRY)


def _is_handled(event: Object) -> bool:
    mark = annotations_of(event).get(HANDLED_ANNOTATION)
    return mark is not None and mark == str(event.get("count"))
