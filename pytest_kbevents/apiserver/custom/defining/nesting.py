"""What allOf, anyOf, oneOf and not may say: they restrict values, and say nothing of their structure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.apiserver.custom.checks import regexps
from pytest_kbevents.apiserver.validation.causes import Cause, forbidden

Schema = Mapping[str, Any]
_EITHER = [{"type": "integer"}, {"type": "string"}]
_LISTS = ("anyOf", "allOf", "oneOf")
_STRUCTURAL = {
    "type": "empty",
    "additionalProperties": "undefined",
    "default": "undefined",
    "title": "empty",
    "description": "empty",
    "nullable": "false",
    "x-kubernetes-preserve-unknown-fields": "false",
    "x-kubernetes-embedded-resource": "false",
    "x-kubernetes-int-or-string": "false",
    "x-kubernetes-list-map-keys": "empty",
    "x-kubernetes-list-type": "undefined",
    "x-kubernetes-map-type": "undefined",
    "x-kubernetes-validations": "empty",
}
"""Words of structure, and what they must be here."""


def check(schema: Schema, place: str) -> Iterator[Cause]:
    """What is wrong with the schemas that a schema combines.

    ``anyOf`` an integer or a string is what int-or-string means, and may be said, alone or first of ``allOf``.
    """
    yield from _combined(schema, place, free=_says_either(schema), free_first=_says_either(_first(schema)))


def _combined(schema: Schema, place: str, *, free: bool, free_first: bool) -> Iterator[Cause]:
    for word in _LISTS:
        for index, part in enumerate(schema.get(word) or ()):
            if not (word == "anyOf" and free):
                yield from _nested(part, f"{place}.{word}[{index}]", free=word == "allOf" and free_first and index == 0)
    if schema.get("not") is not None:
        yield from _nested(schema["not"], f"{place}.not")


def _nested(schema: Schema, place: str, *, free: bool = False) -> Iterator[Cause]:
    yield from _combined(schema, place, free=free, free_first=False)
    yield from regexps.check(schema, place)
    if isinstance(schema.get("items"), Mapping):
        yield from _nested(schema["items"], f"{place}.items")
    properties: Schema = schema.get("properties") or {}
    for name, part in properties.items():
        yield from _nested(part, f"{place}.properties[{name}]")
    for word, wanted in _STRUCTURAL.items():
        value = schema.get(word)
        if value not in (None, "", False, []) or (word == "default" and value is False):
            yield forbidden(f"{place}.{word}", f"must be {wanted} to be structural")
    if "metadata" in properties:
        yield forbidden(f"{place}.properties[metadata]", "must not be specified in a nested context")


def _first(schema: Schema) -> Schema:
    parts = schema.get("allOf") or [{}]
    return parts[0]  # type: ignore[no-any-return]


def _says_either(schema: Schema) -> bool:
    return schema.get("anyOf") == _EITHER
