"""``delete``: take an object away."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from pytest_kbevents.api.resources import PODS
from pytest_kbevents.scenario.kinds import Kind, resource_of
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage


class Delete(Operation):
    """Delete one object; a Pod is gone at once, and its agent dies with it."""

    verb: ClassVar[str] = "delete"

    kind: Kind = Field(description="The object's kind.")
    name: str = Field(min_length=1, description="The object's name.")

    def execute(self, stage: Stage) -> None:
        resource = resource_of(self.kind)
        grace = 0 if resource == PODS else None  # no kubelet is there to say that the containers have ended
        stage.world.client.delete(resource, stage.world.namespace, self.name, grace)
