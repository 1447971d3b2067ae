"""``component``: its controller comes by once more."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from pytest_kbevents.errors import InputError, JudgementFailed
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage


class Component(Operation):
    """What KubeBlocks' component controller does on each of its passes: it writes the environment with the component's
    variables and with the task of the replicas that have no data yet, and tells the component's phase; whether that is
    available it says where the policy is one of phases.
    """

    verb: ClassVar[str] = "component"

    do: Literal["reconcile"] = Field(description="reconcile: one more pass.")
    variables: dict[str, str] = Field(
        default_factory=dict, description="The component's variables from now on; those that it had are gone."
    )

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"do": value} if isinstance(value, str) else value

    def execute(self, stage: Stage) -> None:
        try:
            stage.world.reconcile(self.variables)
        except InputError as error:
            raise JudgementFailed(str(error), expected=None, seen=None) from None
