"""``controller``: stop the event controller, or start it again."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from pytest_kbevents.scenario.operations.operation import Operation
from pytest_kbevents.scenario.stage import Stage


class Controller(Operation):
    """``controller: stop`` kills the process; ``controller: start`` starts a new one with empty caches."""

    verb: ClassVar[str] = "controller"

    do: Literal["start", "stop"] = Field(description="start or stop.")

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"do": value} if isinstance(value, str) else value

    def execute(self, stage: Stage) -> None:
        if self.do == "stop":
            stage.world.stop_controller()
        else:
            stage.world.start_controller()
