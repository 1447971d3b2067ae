"""``use``: the steps of a group."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field, model_validator

from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage


class Use(Operation):
    """Carry out a group's steps. They know what every template knows, and what they are given; nothing else of here."""

    verb: ClassVar[str] = "use"

    group: str = Field(description="The group's name: from `groups`, here or in an included file.")
    given: dict[str, Any] = Field(default_factory=dict, alias="with", description="Its parameters.")

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"group": value} if isinstance(value, str) else value

    def execute(self, stage: Stage) -> None:
        """Its steps are carried out in its place."""
