"""One model's JSON Schema, as its author meant it: words for words, lengths of time as text, short forms."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from pytest_kbevents.agent.database.script import Micros, Offset
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.clock import DURATION, SECOND
from pytest_kbevents.scenario.eventtemplates import shipped
from pytest_kbevents.scenario.matching.operands import EXPECTED, OPERATED
from pytest_kbevents.scenario.values import Duration, Expectation, TextExpectation
from pytest_kbevents.settings import LEVELS

SPAN: JsonSchemaValue = {
    "type": "string",
    "pattern": f"^{DURATION.pattern}$",
    "patternErrorMessage": "This is not a length of time such as 500ms, 5s or 2m.",
}
SHIFT: JsonSchemaValue = {
    "type": "string",
    "pattern": f"^[+-]{DURATION.pattern}$",
    "patternErrorMessage": "This is not an offset such as +5m or -30s.",
}
STRICT = "strict"
"""What marks, for the time being, a scalar that no template can stand for."""

_EXTRA: Mapping[tuple[str, str], JsonSchemaValue] = {
    ("Agent", "release"): {"enum": [*TABLE, None]},
    ("Event", "template"): {"anyOf": [{"enum": sorted(shipped())}, {"type": "string"}]},
    ("GroupModel", "parameters"): {
        "anyOf": [
            {"type": "array", "items": {"type": "string"}},
            {"type": "object", "additionalProperties": {"$ref": "#/definitions/Parameter"}},
        ]
    },
    ("Metadata", "labels"): {
        "type": "object",
        "properties": {"level": {"description": "How much conformance depends on it.", "enum": list(LEVELS)}},
        "additionalProperties": {"type": ["string", "integer"]},
    },
}
"""By model and key: what an editor should offer, or let pass, and the field's type does not know."""
_SAMPLES = ("text", 7, ["text"])


def _validator(annotated: Any) -> Any:
    """The function that an annotated type is checked by."""
    return next(part.func for part in get_args(annotated)[1:] if hasattr(part, "func"))


_KNOWN: Mapping[Any, JsonSchemaValue] = {
    _validator(Duration): SPAN,
    _validator(Micros): SPAN,
    _validator(Offset): SHIFT,
    _validator(Expectation): {"allOf": [EXPECTED]},
    _validator(TextExpectation): {"anyOf": [{"type": ["string", "null"]}, OPERATED]},
}
"""Types that only their validator tells apart."""


class Generator(GenerateJsonSchema):
    """As pydantic does it, without titles that repeat a key."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        model: type[BaseModel] = schema["cls"]
        found = super().model_schema(schema)
        found.pop("title", None)
        found["description"] = " ".join(found.get("description", "").split())
        for name, field in model.model_fields.items():
            key = field.alias or name
            known = _EXTRA.get((model.__name__, key)) or _known(field.metadata)
            if known is not None:
                found["properties"][key] = _about(found["properties"][key]) | known
        return _with_short_form(found, short_form(model))

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        found = super().default_schema(schema)
        default = found.get("default")
        if default is None or default == "":
            found.pop("default", None)
        elif found.get("type") == "string" and isinstance(default, int):
            found["default"] = f"{default / SECOND:g}s"
        return found

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        found = super().int_schema(schema)
        return found | {"$comment": STRICT} if schema.get("strict") else found

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        return _of_validator(schema, super().function_before_schema)

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> JsonSchemaValue:
        return _of_validator(schema, super().function_after_schema)


def short_form(model: type[BaseModel]) -> str:
    """The key whose value may stand for the whole, found by asking the validators that come first; ``""`` for none."""
    for name, decorator in model.__pydantic_decorators__.model_validators.items():
        for sample in _SAMPLES if decorator.info.mode == "before" else ():
            try:
                made = getattr(model, name)(sample)
            except ValueError:
                continue
            if isinstance(made, dict) and list(made.values()) == [sample]:
                return str(next(iter(made)))
    return ""


def _of_validator(schema: Any, otherwise: Callable[[Any], JsonSchemaValue]) -> JsonSchemaValue:
    function = schema["function"]["function"]
    if function in _KNOWN:
        return dict(_KNOWN[function])
    found = otherwise(schema)
    words = _words(function)
    return {**found, "enum": words} if words else found


def _words(validator: Any) -> list[str]:
    """The words that a validator made by ``check.one_of`` lets pass."""
    if not getattr(validator, "__qualname__", "").startswith("one_of."):
        return []
    return sorted(inspect.getclosurevars(validator).nonlocals["known"])


def _known(metadata: list[Any]) -> JsonSchemaValue | None:
    return next((_KNOWN[part.func] for part in metadata if getattr(part, "func", None) in _KNOWN), None)


def _about(schema: JsonSchemaValue) -> JsonSchemaValue:
    """What is told of a value, beside what it may be."""
    return {word: schema[word] for word in ("description", "default") if word in schema}


def _with_short_form(found: JsonSchemaValue, key: str) -> JsonSchemaValue:
    if not key:
        return found
    description = found.pop("description")
    return {"description": description, "if": {"type": "object"}, "then": found, "else": found["properties"][key]}
