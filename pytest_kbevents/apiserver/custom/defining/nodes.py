"""All schemas in a schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
_LISTS = ("allOf", "anyOf", "oneOf")
_NAMED = ("properties", "patternProperties", "definitions", "dependencies")
_UNREADABLE = {"id": "id", "$schema": "schema", "$ref": "$ref"} | {
    word: word for word in ("patternProperties", "dependencies", "additionalItems", "definitions")
}


def below(schema: Schema | None) -> Iterator[Schema]:
    """The schema, and all inside of it."""
    if not isinstance(schema, Mapping):
        return
    yield schema
    parts: list[Any] = [schema.get("not"), schema.get("additionalProperties"), schema.get("additionalItems")]
    items = schema.get("items")
    parts += items if isinstance(items, list) else [items]
    parts += [part for word in _LISTS for part in schema.get(word) or ()]
    parts += [part for word in _NAMED for part in (schema.get(word) or {}).values()]
    for part in parts:
        yield from below(part)


def has_default(schema: Schema | None) -> bool:
    """There is a default somewhere."""
    return any(node.get("default") is not None for node in below(schema))


def unreadable(schema: Schema) -> str:
    """Why no structure can be read out of a schema; ``""`` when it can."""
    for node in below(schema):
        for word, name in _UNREADABLE.items():
            if node.get(word) not in (None, "", {}):
                return f"OpenAPIV3Schema '{name}' is not supported"
        if isinstance(node.get("items"), list):
            return "OpenAPIV3Schema 'items' must be a schema, but is an array"
        if node.get("x-kubernetes-preserve-unknown-fields") is False:
            return "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined"
    return ""
