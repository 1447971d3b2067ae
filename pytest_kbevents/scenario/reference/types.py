"""A type, in words."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.scenario.jsonschema.generator import SHIFT, SPAN
from pytest_kbevents.scenario.operations.registry import VERBS

_WORDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "null",
    "object": "mapping",
    "array": "list",
}
_PATTERNS = {SPAN["pattern"]: "length of time", SHIFT["pattern"]: "offset, as +5m or -30s"}
_LINKS = {
    "expectation": "[expectation](judgements.md#expectations)",
    "operators": "[operators](judgements.md#expectations)",
    "Subject": "[subject](judgements.md#subjects)",
    "step": "[step](operations.md)",
    "JsonValue": "anything",
} | {model.__name__: f"[{verb}](judgements.md#{verb})" for verb, model in VERBS.items() if model.judges}
_MOST_WORDS = 12


def told(schema: dict[str, Any]) -> str:
    """What a JSON Schema asks for."""
    if "$ref" in schema:
        return _referred(schema["$ref"])
    for word in ("allOf", "anyOf"):
        if word in schema:
            return _either([told(part) for part in schema[word]])
    if "enum" in schema:
        return _one_of(schema["enum"])
    if "const" in schema:
        return _one_of([schema["const"]])
    if schema.get("pattern") in _PATTERNS:
        return _PATTERNS[schema["pattern"]]
    if schema.get("type") == "array":
        return _list(told(schema["items"])) if schema.get("items") else "list"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"mapping of {told(schema['additionalProperties'])}"
    types = schema.get("type", [])
    words = [_WORDS[name] for name in ([types] if isinstance(types, str) else types)]
    return _either(words) + _bounds(schema) if words else "anything"


def _referred(reference: str) -> str:
    name = reference.rpartition("/")[2]
    return _LINKS.get(name, f"[{name}](#{name.lower()})")


def _list(items: str) -> str:
    return f"list, each {items}" if " or " in items else f"list of {items}"


def _one_of(words: list[Any]) -> str:
    spelled = {None: "null", True: "`true`", "": "empty text"}
    shown = [spelled.get(word, f"`{word}`") for word in words]
    return _either(shown) if len(shown) <= _MOST_WORDS else "one of a list of words"


def _either(words: list[str]) -> str:
    words = list(dict.fromkeys(words))
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _bounds(schema: dict[str, Any]) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        return f" from {least} to {most}"
    return f", at least {least}" if least is not None else f", at most {most}" if most is not None else ""
