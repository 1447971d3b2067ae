"""``parallel``: several courses of steps at once."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field, model_validator

from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage


class Parallel(Operation):
    """Each entry is a step, or a list of steps that follow one another; the next step of the scenario comes when all
    are through. Whose turn it is, where more than one could go on, the seed decides.
    """

    verb: ClassVar[str] = "parallel"

    branches: list[dict[str, Any] | list[dict[str, Any]]] = Field(min_length=2, description="What goes on at once.")

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"branches": value} if isinstance(value, list) else value

    def execute(self, stage: Stage) -> None:
        """Its steps are carried out in its place."""
