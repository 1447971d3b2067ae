"""``pod``: a Pod comes, goes, comes back as another one, or stops being ready."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from pytest_kbevents.cluster.backend import KUBELET, REQUESTS
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage


class Pod(Operation):
    """What an InstanceSet's controller and a kubelet do to one Pod. The new Pod of a recreated one has a uid of its
    own, and no role yet; its database says what it was told to say.
    """

    verb: ClassVar[str] = "pod"
    pod_fields: ClassVar[tuple[str, ...]] = ("name",)

    name: str = Field(description="The Pod's name.")
    do: Literal["create", "delete", "recreate", "ready", "unready", "update", "kill"] = Field(
        description="create, delete, recreate (another Pod of that name), ready, unready (its agent goes on), update "
        "(other images in place, where no kubelet has to find them), kill (the process of one of its containers, which "
        "the kubelet starts anew)."
    )
    container: Literal["kbagent", "database"] = Field(default="kbagent", description="For kill: which one.")

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if "container" in self.model_fields_set and self.do != "kill":
            raise ValueError("container is for kill; leave it out")
        return self

    @property
    def wants(self) -> tuple[str, ...]:
        return {"kill": (KUBELET,), "update": (REQUESTS,)}.get(self.do, ())

    def execute(self, stage: Stage) -> None:
        pods = stage.world.pods
        if self.do == "kill":
            stage.world.kubelets.kill(self.name, self.container)
            return
        if self.do in ("ready", "unready"):
            pods.ready(self.name, ready=self.do == "ready")
        elif self.do == "delete":
            pods.delete(self.name)
        elif self.do == "update":
            pods.update(self.name)
        else:
            made = pods.create(self.name) if self.do == "create" else pods.recreate(self.name)
            stage.world.kubelets.until_started([made])
