"""``probe``: an agent's probe runs at once."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from pytest_kbevents.api.names import ROLE_PROBE
from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.check import unknown
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.plan import Plan
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.yamlfile import Document, Path


class Probe(Operation):
    """Run one probe of a Pod out of its turn: thresholds and reports are as ever, only its period is not waited for.
    Until its database was told what to answer (``agent``), no probe runs.
    """

    verb: ClassVar[str] = "probe"
    pod_fields: ClassVar[tuple[str, ...]] = ("pod",)

    pod: str = Field(description="The Pod's name.")
    action: str = Field(default=ROLE_PROBE, description="The probe's action; roleProbe when not said.")

    def check(self, plan: Plan, document: Document, path: Path) -> None:
        super().check(plan, document, path)
        if self.action not in plan.workload.probes:
            problem = unknown("probe", self.action, plan.workload.probes)
            raise ScenarioError(document.position((*path, "action")), problem)

    def execute(self, stage: Stage) -> None:
        asked = dict(stage.world.script(self.pod).asked)
        asked[self.action] = asked.get(self.action, 0) + 1
        stage.world.tell(self.pod, asked=asked)
