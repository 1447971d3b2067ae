"""What lists and maps say of how they are told apart and merged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.apiserver.validation.causes import Cause, forbidden, invalid, required, unsupported

Schema = Mapping[str, Any]
_LIST, _KEYS, _MAP = "x-kubernetes-list-type", "x-kubernetes-list-map-keys", "x-kubernetes-map-type"
_LIST_TYPES, _MAP_TYPES = ("atomic", "set", "map"), ("atomic", "granular")
_IS_KEY = "this property is in x-kubernetes-list-map-keys, so it"


def check(schema: Schema, place: str) -> Iterator[Cause]:
    """What is wrong with a schema's list type, map type and keys."""
    yield from _map(schema, place)
    yield from _list(schema, place)
    keys, kind = schema.get(_KEYS) or [], schema.get(_LIST)
    if keys and kind is None:
        yield required(f"{place}.{_LIST}", "must be map if x-kubernetes-list-map-keys is non-empty")
    elif keys and kind != "map":
        yield invalid(f"{place}.{_LIST}", kind, "must be map if x-kubernetes-list-map-keys is non-empty")
    if kind == "map":
        yield from _keyed(schema, keys, place)
    if kind in ("set", "map") and isinstance(schema.get("items"), Mapping):
        yield from _items(schema["items"], kind, keys, f"{place}.items")


def _map(schema: Schema, place: str) -> Iterator[Cause]:
    kind = schema.get(_MAP)
    if kind is None:
        return
    yield from _typed(schema, "object", f"must be object if {_MAP} is specified", place)
    if kind not in _MAP_TYPES:
        yield unsupported(f"{place}.{_MAP}", kind, _MAP_TYPES)


def _list(schema: Schema, place: str) -> Iterator[Cause]:
    kind, items = schema.get(_LIST), schema.get("items")
    if kind is None:
        return
    typed = list(_typed(schema, "array", f"must be array if {_LIST} is specified", place))
    yield from typed
    if not typed and kind == "set" and isinstance(items, Mapping):
        told = "must be atomic as item of a list with x-kubernetes-list-type=set"
        inner = items.get(_LIST)
        if items.get("type") == "array" and inner not in (None, "atomic"):
            yield invalid(f"{place}.items.{_LIST}", inner, told)
        if items.get("type") == "object" and items.get(_MAP) != "atomic":
            yield invalid(f"{place}.items.{_MAP}", inner, told)  # the real server shows the list's type here
    if kind not in _LIST_TYPES:
        yield unsupported(f"{place}.{_LIST}", kind, _LIST_TYPES)


def _typed(schema: Schema, kind: str, told: str, place: str) -> Iterator[Cause]:
    given = schema.get("type") or ""
    if given != kind:
        yield invalid(f"{place}.type", given, told) if given else required(f"{place}.type", told)


def _keyed(schema: Schema, keys: list[str], place: str) -> Iterator[Cause]:
    items = schema.get("items")
    if not keys:
        yield required(f"{place}.{_KEYS}", "must not be empty if x-kubernetes-list-type is map")
    if items is None:
        yield required(f"{place}.items", "must have a schema if x-kubernetes-list-type is map")
    if not isinstance(items, Mapping):
        return
    if items.get("type") != "object":
        told = "must be object if parent array's x-kubernetes-list-type is map"
        yield invalid(f"{place}.items.type", items.get("type") or "", told)
        return
    properties: Schema = items.get("properties") or {}
    for index, key in enumerate(keys):
        if key not in properties:
            yield invalid(f"{place}.{_KEYS}", keys, "entries must all be names of item properties")
        elif properties[key].get("type") in ("array", "object"):
            told = "must be a scalar type if parent array's x-kubernetes-list-type is map"
            yield invalid(f"{place}.items.properties[{key}].type", items["type"], told)
        if key in keys[:index]:
            yield invalid(f"{place}.{_KEYS}", keys, "must not contain duplicate entries")


def _items(items: Schema, kind: str, keys: list[str], place: str) -> Iterator[Cause]:
    if items.get("nullable"):
        yield forbidden(f"{place}.nullable", f"cannot be nullable when x-kubernetes-list-type is {kind}")
    properties: Schema = items.get("properties") or {}
    for key in keys if kind == "map" else ():
        part = properties.get(key)
        if part is None:
            continue
        if key not in (items.get("required") or ()) and part.get("default") is None:
            told = f"{_IS_KEY} must have a default or be a required property"
            yield required(f"{place}.properties[{key}].default", told)
        if part.get("nullable"):
            yield forbidden(f"{place}.properties[{key}].nullable", f"{_IS_KEY} cannot be nullable")
