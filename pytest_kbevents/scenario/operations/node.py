"""``node``: a node is drained, or takes Pods again."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from pytest_kbevents.cluster.backend import NODES
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.plan import Plan
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.yamlfile import Document, Path


class Node(Operation):
    """What an administrator does to a node: ``drain`` evicts the component's Pods from the one that a Pod is on, and
    new Pods of their names come to other nodes; ``uncordon`` lets Pods come to it again, as the end of a run does.
    """

    verb: ClassVar[str] = "node"
    needs: ClassVar[tuple[str, ...]] = (NODES,)

    do: Literal["drain", "uncordon"] = Field(description="drain, or uncordon all that were drained.")
    of: str = Field(default="", description="For drain: a Pod; the node that it is on is meant.")

    @model_validator(mode="after")
    def _says_which(self) -> Self:
        if (self.do == "drain") != bool(self.of):
            raise ValueError("drain needs of: a Pod, whose node is meant; uncordon is about all nodes, without of")
        return self

    def check(self, plan: Plan, document: Document, path: Path) -> None:
        if self.of:
            self.check_pod(self.of, plan, document.position((*path, "of")))

    def execute(self, stage: Stage) -> None:
        if self.do == "uncordon":
            stage.world.kubelets.uncordon()
        else:
            stage.world.kubelets.drain(self.of)
