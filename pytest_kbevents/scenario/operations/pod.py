"""``pod``: a Pod comes, goes, comes back as another one, or stops being ready."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage


class Pod(Operation):
    """What an InstanceSet's controller and a kubelet do to one Pod. The new Pod of a recreated one has a uid of its
    own, and no role yet; its database says what it was told to say.
    """

    verb: ClassVar[str] = "pod"
    pod_fields: ClassVar[tuple[str, ...]] = ("name",)

    name: str = Field(description="The Pod's name.")
    do: Literal["create", "delete", "recreate", "ready", "unready"] = Field(
        description="create, delete, recreate (another Pod of that name), ready, unready (its agent goes on)."
    )

    def execute(self, stage: Stage) -> None:
        pods = stage.world.pods
        if self.do in ("ready", "unready"):
            pods.ready(self.name, is_ready=self.do == "ready")
        else:
            {"create": pods.create, "delete": pods.delete, "recreate": pods.recreate}[self.do](self.name)
