"""In a step, a text with a template may stand wherever a number, a truth or one of some words is wanted."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.scenario.jsonschema.generator import STRICT

TEMPLATE = {"$ref": "#/definitions/template"}
DEFINITION = {
    "description": "A text with a template, rendered before the step is read.",
    "type": "string",
    "pattern": r"\{\{|\{%",
}

_TOLD = ("description", "default")


def templated(schema: Any) -> Any:
    """The schema, with that allowed."""
    if isinstance(schema, list):
        return [templated(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "anyOf" in schema:
        return _alternatives(schema)
    if _is_narrow(schema):
        told = {word: schema[word] for word in _TOLD if word in schema}
        return told | {"anyOf": [{word: item for word, item in schema.items() if word not in _TOLD}, TEMPLATE]}
    return _inside(schema)


def _inside(schema: dict[str, Any]) -> dict[str, Any]:
    """What is nested in it; a strict scalar is none of these, and loses its mark."""
    found = {word: item for word, item in schema.items() if (word, item) != ("$comment", STRICT)}
    for word in ("items", "additionalProperties", "allOf", "then", "else"):
        if word in found:
            found[word] = templated(found[word])
    if "properties" in found:
        found["properties"] = {key: templated(item) for key, item in found["properties"].items()}
    return found


def _alternatives(schema: dict[str, Any]) -> dict[str, Any]:
    """One template beside all alternatives, where one of them is narrow and none takes any text."""
    found = [_inside(item) for item in schema["anyOf"]]
    if any(_is_narrow(item) for item in schema["anyOf"]) and not any(_is_text(item) for item in found):
        found.append(TEMPLATE)
    return {**schema, "anyOf": found}


def _is_narrow(schema: dict[str, Any]) -> bool:
    """Whether it wants a scalar that not every text is."""
    if schema.get("$comment") == STRICT:
        return False
    narrow = schema.get("type") in ("integer", "number", "boolean") or {"enum", "const"} & schema.keys()
    return bool(narrow) or (schema.get("type") == "string" and "pattern" in schema)


def _is_text(schema: dict[str, Any]) -> bool:
    types = schema.get("type", ())
    return (
        "string" in ([types] if isinstance(types, str) else types) and not {"enum", "const", "pattern"} & schema.keys()
    )
