"""``apply``: create an object, or bring the one that is there in line."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import ConfigDict, Field

from pytest_kbevents.errors import AlreadyExists
from pytest_kbevents.scenario.kinds import Kind, placed, resource_of
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Model


class Named(Model):
    """Metadata with at least a name."""

    model_config = ConfigDict(extra="allow")

    name: str = Field(min_length=1, description="The object's name.")


class Apply(Operation):
    """The step's value is the manifest itself."""

    verb: ClassVar[str] = "apply"
    model_config = ConfigDict(extra="allow")

    kind: Kind = Field(description="The object's kind.")
    metadata: Named = Field(description="The object's metadata; the namespace is the world's.")

    def execute(self, stage: Stage) -> None:
        manifest: dict[str, Any] = placed(self.model_dump(), stage.world.namespace)
        resource = resource_of(self.kind)
        try:
            stage.world.client.create(resource, manifest)
        except AlreadyExists:
            stage.world.client.patch(resource, stage.world.namespace, self.metadata.name, manifest)
