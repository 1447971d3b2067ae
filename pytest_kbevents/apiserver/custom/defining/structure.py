"""Structural schemas: what a value can be is said outside of allOf, anyOf, oneOf and not, and for every part of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.apiserver.custom.checks import regexps
from pytest_kbevents.apiserver.custom.defining import completeness, nesting
from pytest_kbevents.apiserver.validation.causes import Cause, forbidden, invalid, required

Schema = Mapping[str, Any]
_EMBEDDED = "x-kubernetes-embedded-resource"
_PRESERVES = "x-kubernetes-preserve-unknown-fields"
_EITHER = "x-kubernetes-int-or-string"
_ROOT, _ITEM, _FIELD = "at the root", "for specified array items", "for specified object fields"
_IMPLICIT = "must not specify anything other than name and generateName, but metadata is implicitly specified"


def check(schema: Schema, place: str) -> list[Cause]:
    """What is not structural, ordered by text."""
    found = [*_node(schema, place, _ROOT), *completeness.check(schema, place)]
    return sorted(found, key=lambda cause: f"{cause.field}: {cause.message}")


def _node(schema: Schema, place: str, level: str) -> Iterator[Cause]:
    yield from _below(schema, place, level)
    yield from _extensions(schema, place)
    yield from nesting.check(schema, place)
    yield from regexps.check(schema, place)
    yield from _type(schema, place, level)
    if level == _ROOT or schema.get(_EMBEDDED):
        yield from _type_meta(schema, place)
    metadata = (schema.get("properties") or {}).get("metadata")
    if isinstance(metadata, Mapping):
        yield from _metadata(metadata, f"{place}.properties[metadata]", level, checked=_is_object(schema, level))
    if schema.get(_EMBEDDED) and not schema.get(_PRESERVES) and not schema.get("properties"):
        told = (
            "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields"
        )
        yield required(f"{place}.properties", told)


def _is_object(schema: Schema, level: str) -> bool:
    return level == _ROOT or bool(schema.get(_EMBEDDED))


def _below(schema: Schema, place: str, level: str) -> Iterator[Cause]:
    items, others = schema.get("items"), schema.get("additionalProperties")
    if schema.get("type") == "array" and items is None:
        yield required(f"{place}.items", "must be specified")
    if isinstance(items, Mapping):
        yield from _node(items, f"{place}.items", _ITEM)
    for name, part in (schema.get("properties") or {}).items():
        yield from _node(part, f"{place}.properties[{name}]", _FIELD)
    if others is None:
        return
    if level == _ROOT:
        yield forbidden(f"{place}.additionalProperties", "must not be used at the root")
    if isinstance(others, Mapping):
        yield from _node(others, f"{place}.additionalProperties", _FIELD)
    if schema.get(_EMBEDDED):
        told = "must not be used if x-kubernetes-embedded-resource is set"
        yield forbidden(f"{place}.additionalProperties", told)


def _extensions(schema: Schema, place: str) -> Iterator[Cause]:
    if schema.get(_EITHER):
        for word in (_PRESERVES, _EMBEDDED):
            if schema.get(word):
                yield invalid(f"{place}.{word}", True, "must be false if x-kubernetes-int-or-string is true")


def _type(schema: Schema, place: str, level: str) -> Iterator[Cause]:
    kind, field = schema.get("type") or "", f"{place}.type"
    if schema.get(_EMBEDDED) and kind != "object":
        told = "must be object if x-kubernetes-embedded-resource is true"
        yield invalid(field, kind, told) if kind else required(field, told)
    elif not kind and not schema.get(_EITHER) and not schema.get(_PRESERVES):
        yield required(field, f"must not be empty {level}")
    if level == _ROOT and kind and kind != "object":
        yield invalid(field, kind, "must be object at the root")


def _type_meta(schema: Schema, place: str) -> Iterator[Cause]:
    for name in ("kind", "apiVersion"):
        part = (schema.get("properties") or {}).get(name)
        if part is not None and part.get("type") != "string":
            yield invalid(f"{place}.properties[{name}].type", part.get("type") or "", "must be string")


def _metadata(schema: Schema, place: str, level: str, *, checked: bool) -> Iterator[Cause]:
    """Of metadata only the names can be restricted, and only at the root."""
    if checked and schema.get("type") != "object":
        yield invalid(f"{place}.type", schema.get("type") or "", "must be object")
    if level == _ROOT:
        said = {word for word, value in schema.items() if value not in (None, "", [], {}, False)}
        properties = set(schema.get("properties") or {})
        restricts = said & {"properties"} and not properties <= {"name", "generateName"}
        if said - {"type", "default", "properties"} or restricts:
            yield forbidden(place, _IMPLICIT)
