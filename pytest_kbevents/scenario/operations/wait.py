"""``wait``: time passes."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field, model_validator

from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.pending import Pause
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Duration


class Wait(Operation):
    """``wait: 30s``: let the world go on for that long; what never may be is judged meanwhile."""

    verb: ClassVar[str] = "wait"

    duration: Duration = Field(alias="for", description="How long.")

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"for": value}

    def execute(self, stage: Stage) -> Pause:
        return Pause(stage.deadline(self.duration))
