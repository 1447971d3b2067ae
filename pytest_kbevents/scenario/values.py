"""Small value types of the language."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from pytest_kbevents.clock import DURATION, parse_duration
from pytest_kbevents.scenario.matching import match, query

NAME = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"
"""What objects, and scenarios, may be called."""


def slug(text: str, most: int) -> str:
    """A text as such a name, of at most so many characters; empty when nothing of it can be in one."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:most].strip("-")


Duration = Annotated[
    int, BeforeValidator(parse_duration), WithJsonSchema({"type": "string", "pattern": DURATION.pattern})
]
"""A length of time, in microseconds."""


def _expectation(value: Any) -> Any:
    match.checked(value)
    return value


def _text(value: Any) -> Any:
    if value is not None and not isinstance(value, (str, dict)):
        raise ValueError("must be text: write it in quotes")
    return _expectation(value)


def _names(value: Any) -> Any:
    if not isinstance(value, (list, dict)):
        raise ValueError("must be a list")  # noqa: TRY004 - what pydantic tells at its place
    return _expectation(value)


def in_any_order(names: Any) -> Any:
    """What a sorted list of names must match: names sorted, too; a list of anything else in any order."""
    if not isinstance(names, list):
        return names
    return sorted(names) if all(isinstance(name, str) for name in names) else {"$unordered": names}


def _number(value: Any) -> Any:
    if not isinstance(value, dict) and (type(value) is not int or value < 0):
        raise ValueError("must be a whole number, at least 0")
    return _expectation(value)


Expectation = Annotated[Any, AfterValidator(_expectation)]
"""What a value must be: as it stands, or by operators."""
TextExpectation = Annotated[
    Any, AfterValidator(_text), WithJsonSchema({"anyOf": [{"type": ["string", "null"]}, {"type": "object"}]})
]
"""What a text must be; null: it is not there."""


def _query(text: str) -> str:
    query.check(text)
    return text


Query = Annotated[str, AfterValidator(_query)]
"""A JMESPath expression."""


NamesExpectation = Annotated[
    Any,
    AfterValidator(_names),
    WithJsonSchema({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "object"}]}),
]
"""Which names there must be, in any order."""
NumberExpectation = Annotated[
    Any, AfterValidator(_number), WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "object"}]})
]
"""How many there must be."""


class Model(BaseModel):
    """Base of everything that is read from a scenario: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)
