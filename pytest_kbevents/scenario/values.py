"""Small value types of the language."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from pytest_kbevents.clock import DURATION, parse_duration

Duration = Annotated[
    int, BeforeValidator(parse_duration), WithJsonSchema({"type": "string", "pattern": DURATION.pattern})
]
"""A length of time, in microseconds."""


class Model(BaseModel):
    """Base of everything that is read from a scenario: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)
