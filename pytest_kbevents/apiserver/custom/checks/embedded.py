"""Objects within an object (``x-kubernetes-embedded-resource``): each has a kind, a version and metadata of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pytest_kbevents.api import validity
from pytest_kbevents.apiserver.schemas import builtin
from pytest_kbevents.apiserver.schemas.decoding import Decoder, WrongType
from pytest_kbevents.apiserver.validation import metadata
from pytest_kbevents.apiserver.validation.causes import Cause, invalid, required


def check(value: Any, schema: Any, path: str = "") -> Iterator[Cause]:
    """What is wrong with the objects within a value."""
    if not isinstance(schema, Mapping):
        return
    if isinstance(value, Mapping):
        if schema.get("x-kubernetes-embedded-resource"):
            yield from resource(value, path)
        properties, others = schema.get("properties") or {}, schema.get("additionalProperties")
        for name, item in value.items():
            if name in properties:
                yield from check(item, properties[name], f"{path}.{name}" if path else name)
            else:
                yield from check(item, others, f"{path}[{name}]")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from check(item, schema.get("items"), f"{path}[{index}]")


def resource(value: Mapping[str, Any], path: str) -> Iterator[Cause]:
    """What is wrong with what every object has."""
    for name in ("apiVersion", "kind"):
        given, place = value.get(name), _inside(path, name)
        if name not in value:
            yield required(place)
        elif not isinstance(given, str):
            yield invalid(place, given, "must be a string")
        elif not given:
            yield invalid(place, given, "must not be empty")
        elif name == "apiVersion" and given.count("/") > 1:
            yield invalid(place, given, f"unexpected GroupVersion string: {given}")
        elif name == "kind" and (problems := validity.old_dns_label(given.lower())):
            yield invalid(place, given, f"may have mixed case, but should otherwise match: {','.join(problems)}")
    if value.get("metadata") is not None:
        yield from _metadata(value["metadata"], _inside(path, "metadata"))


def _metadata(given: Any, path: str) -> Iterator[Cause]:
    try:
        found = Decoder().at("metadata", given, builtin.object_meta())
    except WrongType as error:
        yield invalid(path, given, str(error))
        return
    obj = {"metadata": {**found, "name": found.get("name") or "fakename"}}
    for cause in metadata.check(obj, validity.path_segment, namespaced=bool(found.get("namespace"))):
        yield replace(cause, field=path + cause.field.removeprefix("metadata"))


def _inside(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
