"""``event``: an Event past the agent, made from a template, or sent again."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, Field, JsonValue, model_validator

from pytest_kbevents.api import mergepatch, times
from pytest_kbevents.api.objects import Object, name_of, with_metadata
from pytest_kbevents.api.resources import PODS
from pytest_kbevents.clock import parse_duration
from pytest_kbevents.errors import JudgementFailed, ScenarioError
from pytest_kbevents.scenario.check import checked, unknown
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.operations.sending import Count, Repeated, send
from pytest_kbevents.scenario.plan import Plan
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Duration, Model
from pytest_kbevents.scenario.yamlfile import Document, Path

_MORE = re.compile(r"\+[0-9]{1,9}")
_OF_A_TEMPLATE = {"pod", "role", "output", "code", "message", "values"}


def _moment(text: str | None) -> str | None:
    """``+5s`` and ``-30s`` are from now, the rest is RFC 3339; it gets the decimals that the API server demands."""
    if text is None:
        return None
    if _is_relative(text):
        parse_duration(text[1:])
        return text
    try:
        return times.micro_time(times.parse(text))
    except OverflowError:
        raise ValueError(f"{text!r} is not between the years 1 and 9999") from None


def _is_relative(text: str) -> bool:
    return text.startswith(("+", "-"))


def _count(value: int | str | None) -> int | str | None:
    if isinstance(value, str) and not _MORE.fullmatch(value):
        raise ValueError(f"{value!r} is neither a number nor one more than there is, such as +1")
    return value


def _addressable(fields: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """A name and a namespace are what an Event is sent by."""
    metadata = fields.get("metadata", {})
    if not isinstance(metadata, dict):
        raise ValueError("metadata must be a mapping")  # noqa: TRY004 - what pydantic tells at its place
    for key in ("name", "namespace"):
        if key in metadata and not (isinstance(metadata[key], str) and metadata[key]):
            raise ValueError(f"metadata.{key} must be text, and not empty")
    return fields


class Repeat(Model):
    """How often an Event is sent."""

    times: int = Field(ge=1, le=1000, description="How often in all.")
    every: Duration = Field(default=0, description="How long lies between.")

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"times": value}


class Event(Operation):
    """Write one Event as its sender would: created, or counted up when it is there already."""

    verb: ClassVar[str] = "event"
    pod_fields: ClassVar[tuple[str, ...]] = ("pod",)

    template: str = Field(default="", description="Name of an Event template, such as roleProbe.")
    same_as: str = Field(default="", description="Instead of a template: the id of an earlier Event, sent once more.")
    id: str = Field(default="", description="What later steps call it by in same_as.")
    pod: str = Field(default="", description="The Pod that it is about.")
    role: str = Field(default="", description="What the role probe's command wrote.")
    output: str = Field(default="", description="What another probe's command wrote.")
    code: int = Field(default=0, description="The probe's code; kbagent sends 0 or -1.")
    message: str = Field(default="", description="The probe's error text.")
    event_time: Annotated[str | None, AfterValidator(_moment)] = Field(
        default="+0s", alias="eventTime", description="From now (-30s, +5s), as RFC 3339, or null for none."
    )
    count: Annotated[int | str | None, AfterValidator(_count)] = Field(
        default=None, description="A number, or +1: so many more than the Event there has. Without it: 1, or one more."
    )
    repeat: Repeat = Field(
        default_factory=lambda: Repeat(times=1), description="The same Event so many times, counted up each time."
    )
    burst: int = Field(default=1, ge=1, le=1000, description="So many Events at once that differ in their name alone.")
    values: dict[str, JsonValue] = Field(default_factory=dict, description="What else the template asks for.")
    fields: Annotated[dict[str, JsonValue], AfterValidator(_addressable)] = Field(
        default_factory=dict, description="Merged over the Event (JSON merge patch)."
    )

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> Self:
        if bool(self.template) == bool(self.same_as):
            raise ValueError("say either template, or same_as and the id of an earlier event")
        odd = sorted(_OF_A_TEMPLATE & self.model_fields_set)
        if self.same_as and odd:
            raise ValueError(f"{odd[0]} is for a template; of the same Event, only times, count and fields can differ")
        if self.template and not self.pod:
            raise ValueError("pod is missing: whom is the Event about?")
        return self

    def check(self, plan: Plan, document: Document, path: Path) -> None:
        if self.same_as:
            return
        super().check(plan, document, path)
        if self.template not in plan.templates:
            problem = unknown("Event template", self.template, plan.templates)
            raise ScenarioError(document.position((*path, "template")), f"template: {problem}")
        checked(plan.templates[self.template].values, self.values, document, (*path, "values"))

    def execute(self, stage: Stage) -> Repeated | None:
        event = mergepatch.apply(self._event(stage), self.fields)
        if self.id:
            stage.shared.sent[self.id] = event
        count = Count.of(self.count, self.fields)
        send(stage, event, count)
        for number in range(2, self.burst + 1):
            send(stage, with_metadata(event, name=f"{name_of(event)}.{number}"), count)
        left = self.repeat.times - 1
        return Repeated(stage, event, count, (left, self.repeat.every)) if left else None

    def _event(self, stage: Stage) -> Object:
        if self.same_as and self.same_as not in stage.shared.sent:
            raise JudgementFailed(f"event same_as {self.same_as}: no event of that id was sent before")
        now = stage.world.clock.micros()
        if self.same_as:
            found = stage.shared.sent[self.same_as]
            said = {"eventTime": self._event_time(now)} if "event_time" in self.model_fields_set else {}
            return {**found, **said}
        return stage.shared.plan.templates[self.template].render(self._names(stage, now))

    def _names(self, stage: Stage, now: int) -> dict[str, Any]:
        pod = stage.world.client.get(PODS, stage.world.namespace, self.pod)
        return {
            "namespace": stage.world.namespace,
            "component": stage.world.workload.name,
            "pod": self.pod,
            "uid": pod["metadata"]["uid"],
            "node": pod["spec"].get("nodeName", ""),
            "output": self.output or self.role,
            "values": self.values,
            "code": self.code,
            "message": self.message,
            "time": times.time(now),
            "event_time": self._event_time(now),
            "count": self.count if isinstance(self.count, int) else 1,
        }

    def _event_time(self, now: int) -> str | None:
        text = self.event_time
        if text is None or not _is_relative(text):
            return text
        return times.micro_time(now + parse_duration(text[1:]) * (1 if text[0] == "+" else -1))
