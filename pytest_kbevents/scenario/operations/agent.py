"""``agent``: what the database in a Pod does from now on, and how its agent misbehaves."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from pydantic import Field, model_validator

from pytest_kbevents.agent.database.script import Conduct, Offset, Sends
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.api.names import AVAILABLE_PROBE, DATA_DUMP, DATA_LOAD, ROLE_PROBE
from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.check import one_of, unknown
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.plan import Plan
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.yamlfile import Document, Path

_FIELD_OF = {
    ROLE_PROBE: "role_probe",
    AVAILABLE_PROBE: "available_probe",
    DATA_DUMP: "data_dump",
    DATA_LOAD: "data_load",
}
"""Actions that have a key of their own."""


class Agent(Operation):
    """Script one Pod's database. The fake kb-agent probes it, reports changes and repeats."""

    verb: ClassVar[str] = "agent"
    pod_fields: ClassVar[tuple[str, ...]] = ("pod",)

    pod: str = Field(description="The Pod's name.")
    role_probe: Conduct | None = Field(
        default=None, alias="roleProbe", description="The role it answers, or what else it does."
    )
    available_probe: Conduct | None = Field(
        default=None, alias="availableProbe", description="What it does when it is asked whether it is available."
    )
    data_dump: Conduct | None = Field(default=None, alias="dataDump", description="How it hands its data out.")
    data_load: Conduct | None = Field(default=None, alias="dataLoad", description="How it takes data in.")
    actions: dict[str, Conduct] = Field(default_factory=dict, description="What any other action does, by its name.")
    down: bool = Field(default=False, description="The Pod's containers die; nothing more comes from it.")
    restart: bool = Field(default=False, description="The agent's process dies and starts anew.")
    release: str | None = Field(default=None, description="Another release's agent runs from now on.")
    clock: Offset | None = Field(default=None, description="How wrong the clock of its node is: +5m, -30s.")
    sends: Sends | None = Field(default=None, description="How its agent misbehaves when it sends.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        said = self.model_fields_set - {"pod"}
        if self.down and said != {"down"}:
            raise ValueError("down: true stands alone: nothing is asked of a dead Pod")
        if not said or (said == {"down"} and not self.down):
            raise ValueError("say what its database answers (roleProbe: primary) or down: true")
        if self.release is not None:
            one_of("release", TABLE)(self.release)
        return self

    def check(self, plan: Plan, document: Document, path: Path) -> None:
        super().check(plan, document, path)
        known = {*plan.workload.probes, *plan.workload.actions}
        for name in self._actions():
            if name not in known:
                place = (*path, name) if name in _FIELD_OF else (*path, "actions", name)
                raise ScenarioError(document.key_position(place), unknown("action", name, known))

    @property
    def runs_commands(self) -> bool:
        return any(conduct.command is not None for conduct in self._actions().values())

    def execute(self, stage: Stage) -> None:
        if self.down:
            stage.world.tell(self.pod, up=False)
            return
        changes: dict[str, Any] = {"actions": self._actions()}
        for field in ("release", "clock", "sends"):
            if (value := getattr(self, field)) is not None:
                changes[field] = value
        if self.restart:
            changes["life"] = stage.world.script(self.pod).life + 1
        stage.world.tell(self.pod, **changes)

    def _actions(self) -> dict[str, Conduct]:
        named = {name: getattr(self, field) for name, field in _FIELD_OF.items()}
        return {name: conduct for name, conduct in named.items() if conduct is not None} | self.actions
