"""``scale: {to: 5}``: the component is to have another number of replicas."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, model_validator

from pytest_kbevents.errors import InputError, JudgementFailed
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage


def _number(value: Any) -> Any:
    """Templates make texts."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 5 else value


class Scale(Operation):
    """What KubeBlocks' component controller does then: tasks, statuses and Pods for new replicas; fewer lose theirs."""

    verb: ClassVar[str] = "scale"

    to: Annotated[int, BeforeValidator(_number)] = Field(ge=1, le=100, strict=True, description="How many replicas.")

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"to": value}

    def execute(self, stage: Stage) -> None:
        try:
            stage.world.scale(self.to)
        except InputError as error:
            raise JudgementFailed(str(error), expected=None, seen=None) from None
