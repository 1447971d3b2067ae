"""``agent``: what the database in a Pod answers from now on, or that the Pod is dead."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from pydantic import Field, field_validator, model_validator

from pytest_kbevents.agent.script import Answer
from pytest_kbevents.api.names import ROLE_PROBE
from pytest_kbevents.scenario.operations.operation import Operation
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Model


class AnswerModel(Model):
    """What the probe's command does."""

    output: str = Field(default="", description="What it writes; nothing is trimmed.")
    exit_code: int = Field(default=0, alias="exitCode", description="Zero is success.")
    stderr: str = Field(default="", description="Part of the error's text when it fails.")


class Agent(Operation):
    """Script one Pod's database. The fake kb-agent probes it, reports changes and repeats."""

    verb: ClassVar[str] = "agent"
    pod_fields: ClassVar[tuple[str, ...]] = ("pod",)

    pod: str = Field(description="The Pod's name.")
    role_probe: AnswerModel | None = Field(
        default=None, alias="roleProbe", description="The role it answers, or {output, exitCode, stderr}."
    )
    down: bool = Field(default=False, description="The Pod's containers die; nothing more comes from it.")

    @field_validator("role_probe", mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"output": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if self.down == (self.role_probe is not None):
            raise ValueError("say either roleProbe (what it answers) or down: true")
        return self

    def execute(self, stage: Stage) -> None:
        if self.role_probe is None:
            stage.world.fleet.down(self.pod)
            return
        script = self.role_probe
        answer = Answer(script.output.encode("utf-8", "surrogateescape"), script.exit_code, script.stderr)
        stage.world.fleet.answer(self.pod, ROLE_PROBE, answer)
