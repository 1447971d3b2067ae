"""``advance``: time jumps."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field, model_validator

from pytest_kbevents.cluster.backend import VIRTUAL_TIME
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Duration


class Advance(Operation):
    """``advance: 30s``: the clock jumps and nobody acts meanwhile, as when a machine was suspended; then all that is
    overdue is done at once. It needs virtual time; ``wait`` lets the world go on instead.
    """

    verb: ClassVar[str] = "advance"
    needs: ClassVar[tuple[str, ...]] = (VIRTUAL_TIME,)

    duration: Duration = Field(alias="by", description="How far.")

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"by": value}

    def execute(self, stage: Stage) -> None:
        stage.world.skip(self.duration)
