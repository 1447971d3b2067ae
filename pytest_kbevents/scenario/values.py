"""Small value types of the language."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from pytest_kbevents.clock import SECOND

_UNITS = {"ms": SECOND // 1000, "s": SECOND, "m": 60 * SECOND, "h": 3600 * SECOND}
_LONGEST = 100 * 365 * 24 * _UNITS["h"]
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)", re.ASCII)


def parse_duration(value: Any) -> int:
    """``500ms``, ``5s``, ``1.5m`` or ``1h`` in microseconds. Raises ValueError."""
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"{value!r} is not a duration such as 500ms, 5s or 2m")
    micros = float(match[1]) * _UNITS[match[2]]
    if micros > _LONGEST:
        raise ValueError(f"{value!r} is longer than a century")
    return int(micros)


Duration = Annotated[
    int, BeforeValidator(parse_duration), WithJsonSchema({"type": "string", "pattern": _DURATION.pattern})
]
"""A length of time, in microseconds."""


class Model(BaseModel):
    """Base of everything that is read from a scenario: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)
