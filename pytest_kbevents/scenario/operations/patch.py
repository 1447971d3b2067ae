"""``patch``: change part of an object."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, JsonValue

from pytest_kbevents.scenario.kinds import Kind, resource_of
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage


class Patch(Operation):
    """A JSON merge patch: null removes a field."""

    verb: ClassVar[str] = "patch"

    kind: Kind = Field(description="The object's kind.")
    name: str = Field(min_length=1, description="The object's name.")
    patch: dict[str, JsonValue] = Field(description="The merge patch.")
    subresource: Literal["", "status"] = Field(default="", description="status, to change the status.")

    def execute(self, stage: Stage) -> None:
        client, namespace = stage.world.client, stage.world.namespace
        client.patch(resource_of(self.kind), namespace, self.name, self.patch, self.subresource)
