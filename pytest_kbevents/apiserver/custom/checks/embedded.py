"""Objects within an object (``x-kubernetes-embedded-resource``): each has a kind, a version and metadata of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pytest_kbevents.api import validity
from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.schemas import builtin
from pytest_kbevents.apiserver.schemas.decoding import Decoder, WrongType
from pytest_kbevents.apiserver.validation import metadata
from pytest_kbevents.apiserver.validation.causes import Cause, invalid, required

_EMBEDDED = "x-kubernetes-embedded-resource"
_Question = Callable[[Mapping[str, Any], str], Iterator[Cause]]
"""What is asked of an object, and the path that it stands at."""


def anywhere(schema: Any) -> bool:
    """Whether a schema has objects within objects."""
    if not isinstance(schema, Mapping):
        return False
    parts = [*(schema.get("properties") or {}).values(), schema.get("additionalProperties"), schema.get("items")]
    return bool(schema.get(_EMBEDDED)) or any(map(anywhere, parts))


def malformed(value: Any, schema: Any, path: str = "") -> Cause | None:
    """The first of the objects within a value that cannot be read: what they all have is of another type."""
    return next(_found(value, schema, path, _types), None)


def check(value: Any, schema: Any, path: str = "") -> Iterator[Cause]:
    """What is wrong with the objects within a value that can be read."""
    yield from _found(value, schema, path, resource)


def _found(value: Any, schema: Any, path: str, ask: _Question) -> Iterator[Cause]:
    if not isinstance(schema, Mapping):
        return
    if isinstance(value, Mapping):
        if schema.get(_EMBEDDED):
            yield from ask(value, path)
        properties, others = schema.get("properties") or {}, schema.get("additionalProperties")
        for name, item in value.items():
            if name in properties:
                yield from _found(item, properties[name], _inside(path, name), ask)
            else:
                yield from _found(item, others, f"{path}[{name}]", ask)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _found(item, schema.get("items"), f"{path}[{index}]", ask)


def _types(value: Mapping[str, Any], path: str) -> Iterator[Cause]:
    for name in ("apiVersion", "kind"):
        if not isinstance(value.get(name, ""), str):
            yield invalid(_inside(path, name), value[name], "must be a string")
    if value.get("metadata") is not None:
        try:
            Decoder().at("metadata", value["metadata"], builtin.object_meta())
        except WrongType as error:
            told = str(error).replace("Go value of type ObjectMeta", "Go value of type v1.ObjectMeta")
            yield invalid(_inside(path, "metadata"), gotext.ordered(value["metadata"]), told)


def resource(value: Mapping[str, Any], path: str) -> Iterator[Cause]:
    """What is wrong with what every object has, once it is known to be readable."""
    for name in ("apiVersion", "kind"):
        given, place = value.get(name), _inside(path, name)
        if name not in value:
            yield required(place)
        elif not given:
            yield invalid(place, given, "must not be empty")
        elif name == "apiVersion" and given.count("/") > 1:
            yield invalid(place, given, f"unexpected GroupVersion string: {given}")
        elif name == "kind" and (problems := validity.old_dns_label(given.lower())):
            yield invalid(place, given, f"may have mixed case, but should otherwise match: {','.join(problems)}")
    if value.get("metadata") is not None:
        yield from _metadata(value["metadata"], _inside(path, "metadata"))


def _metadata(given: Any, path: str) -> Iterator[Cause]:
    found = Decoder().at("metadata", given, builtin.object_meta())
    obj = {"metadata": {**found, "name": found.get("name") or "fakename"}}
    for cause in metadata.check(obj, validity.path_segment, namespaced=bool(found.get("namespace"))):
        yield replace(cause, field=path + cause.field.removeprefix("metadata"))


def _inside(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
