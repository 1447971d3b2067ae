"""The contract of an operation."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar, Self

from pytest_kbevents.environment.workload import Workload
from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.check import checked, unknown
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Model
from pytest_kbevents.scenario.yamlfile import Document, Path


class Operation(Model):
    """One verb. ``pod_fields`` name the fields that must hold a Pod of the workload."""

    verb: ClassVar[str]
    pod_fields: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def read(cls, data: Any, document: Document, path: Path) -> Self:
        """From the rendered data of a step. Raises ScenarioError."""
        return checked(cls, data, document, path)

    def check(self, workload: Workload, document: Document, path: Path) -> None:
        """What can be told from the workload before anything runs. Raises ScenarioError."""
        for field in self.pod_fields:
            if getattr(self, field) not in workload.all_pods:
                problem = unknown("Pod", getattr(self, field), workload.all_pods)
                raise ScenarioError(document.position((*path, field)), problem)

    @property
    def runs_commands(self) -> bool:
        """Whether it makes this machine run what the file says."""
        return False

    @abstractmethod
    def execute(self, stage: Stage) -> None:
        """Raises JudgementFailed when an assertion does not hold, ApiError or NoAnswer when the cluster refuses."""
