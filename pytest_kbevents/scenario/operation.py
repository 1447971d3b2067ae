"""The contract of an operation."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar, Self

from pytest_kbevents.errors import Position, ScenarioError
from pytest_kbevents.scenario.check import checked, unknown
from pytest_kbevents.scenario.pending import Pending
from pytest_kbevents.scenario.plan import Plan
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Model
from pytest_kbevents.scenario.yamlfile import Document, Path


class Operation(Model):
    """One verb. ``pod_fields`` name the fields that must hold a Pod of the workload."""

    verb: ClassVar[str]
    judges: ClassVar[bool] = False
    """Whether it asserts something, and changes nothing."""
    needs: ClassVar[tuple[str, ...]] = ()
    """What a world must have for it, of ``cluster.backend.NEEDS``."""
    pod_fields: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def read(cls, data: Any, document: Document, path: Path) -> Self:
        """From the rendered data of a step. Raises ScenarioError."""
        return checked(cls, data, document, path)

    def check(self, plan: Plan, document: Document, path: Path) -> None:
        """What can be told from the plan before anything runs. Raises ScenarioError."""
        for field in self.pod_fields:
            self.check_pod(getattr(self, field), plan, document.position((*path, field)))

    @staticmethod
    def check_pod(name: str, plan: Plan, at: Position) -> None:
        """Raises ScenarioError when the workload has no such Pod."""
        if name not in plan.workload.all_pods:
            raise ScenarioError(at, unknown("Pod", name, plan.workload.all_pods))

    @property
    def runs_commands(self) -> bool:
        """Whether it makes this machine run what the file says."""
        return False

    @property
    def wants(self) -> tuple[str, ...]:
        """What a world must have for what this one says."""
        return self.needs

    @property
    def binds(self) -> str:
        """The name that later steps can use; ``""`` for none."""
        return ""

    @abstractmethod
    def execute(self, stage: Stage) -> Pending | None:
        """Do it; what is to be waited for, if anything.

        Raises:
            JudgementFailed: an assertion does not hold, or the step cannot be carried out as things are.
            ApiError, NoAnswer: the cluster refuses.
        """
