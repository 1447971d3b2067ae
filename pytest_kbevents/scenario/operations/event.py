"""``event``: an Event past the agent, made from a template."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, Field, JsonValue

from pytest_kbevents.api import mergepatch, times
from pytest_kbevents.api.objects import name_of, with_metadata
from pytest_kbevents.api.resources import EVENTS, PODS
from pytest_kbevents.clock import parse_duration
from pytest_kbevents.errors import AlreadyExists, Conflict, NotFound
from pytest_kbevents.scenario.check import checked, one_of
from pytest_kbevents.scenario.eventvalues import VALUES, NoValues
from pytest_kbevents.scenario.operations.operation import Operation
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.template import event_templates, render_event
from pytest_kbevents.scenario.yamlfile import Document, Path, parse

ATTEMPTS = 10
"""To write one Event past others who write it, too."""


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


def _addressable(fields: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """A name and a namespace are what an Event is sent by."""
    metadata = fields.get("metadata", {})
    if not isinstance(metadata, dict):
        raise ValueError("metadata must be a mapping")  # noqa: TRY004 - what pydantic tells at its place
    for key in ("name", "namespace"):
        if key in metadata and not (isinstance(metadata[key], str) and metadata[key]):
            raise ValueError(f"metadata.{key} must be text, and not empty")
    return fields


class Event(Operation):
    """Write one Event as its sender would: created, or counted up when it is there already."""

    verb: ClassVar[str] = "event"
    pod_fields: ClassVar[tuple[str, ...]] = ("pod",)

    template: Annotated[str, AfterValidator(one_of("Event template", event_templates()))] = Field(
        description="Name of an Event template, such as roleProbe."
    )
    pod: str = Field(description="The Pod that it is about.")
    role: str = Field(default="", description="What the role probe's command wrote.")
    output: str = Field(default="", description="What another probe's command wrote.")
    code: int = Field(default=0, description="The probe's code; kbagent sends 0 or -1.")
    message: str = Field(default="", description="The probe's error text.")
    event_time: Annotated[str | None, AfterValidator(_moment)] = Field(
        default="+0s", alias="eventTime", description="From now (-30s, +5s), as RFC 3339, or null for none."
    )
    count: int | None = Field(default=None, description="Without it: 1, or one more than the Event there has.")
    repeat: int = Field(default=1, ge=1, le=1000, description="So many Events that differ in their name alone.")
    values: dict[str, JsonValue] = Field(default_factory=dict, description="What else the template asks for.")
    fields: Annotated[dict[str, JsonValue], AfterValidator(_addressable)] = Field(
        default_factory=dict, description="Merged over the Event (JSON merge patch)."
    )

    @classmethod
    def read(cls, data: Any, document: Document, path: Path) -> Self:
        """The values, too, are checked: each template has its own. Raises ScenarioError."""
        event = super().read(data, document, path)
        values = checked(VALUES.get(event.template, NoValues), event.values, document, (*path, "values"))
        return event.model_copy(update={"values": values.model_dump(exclude_unset=True)})

    def execute(self, stage: Stage) -> None:
        event = mergepatch.apply(self._rendered(stage), self.fields)
        self._send(stage, event)
        for number in range(2, self.repeat + 1):
            self._send(stage, with_metadata(event, name=f"{name_of(event)}.{number}"))

    def _send(self, stage: Stage, event: dict[str, Any]) -> None:
        """As often as it takes: in live worlds the controller may mark the Event between our read and our write."""
        for _ in range(ATTEMPTS - 1):
            try:
                return self._create_or_count(stage, event)
            except (Conflict, AlreadyExists):
                continue
        return self._create_or_count(stage, event)

    def _create_or_count(self, stage: Stage, event: dict[str, Any]) -> None:
        client, namespace = stage.world.client, stage.world.namespace
        try:
            found = client.get(EVENTS, namespace, name_of(event))
        except NotFound:
            client.create(EVENTS, event)
            return
        count = (found.get("count") or 0) + 1 if self.count is None else self.count
        again = {"count": count, "eventTime": event.get("eventTime")}
        client.update(EVENTS, mergepatch.apply({**found, **again}, self.fields))

    def _rendered(self, stage: Stage) -> dict[str, Any]:
        now = stage.world.clock.micros()
        pod = stage.world.client.get(PODS, stage.world.namespace, self.pod)
        names = {
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
            "count": 1 if self.count is None else self.count,
        }
        data: dict[str, Any] = parse(render_event(self.template, names), self.template).data
        return data

    def _event_time(self, now: int) -> str | None:
        text = self.event_time
        if text is None or not _is_relative(text):
            return text
        return times.micro_time(now + parse_duration(text[1:]) * (1 if text[0] == "+" else -1))
