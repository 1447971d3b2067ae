"""Lists of type set and map: no value, and no key, twice."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.validation.causes import Cause, duplicate, invalid


def check(value: Any, schema: Any, path: str = "") -> Iterator[Cause]:
    """What stands twice in the lists of a value."""
    if not isinstance(schema, Mapping):
        return
    if isinstance(value, Mapping):
        properties, others = schema.get("properties") or {}, schema.get("additionalProperties")
        for name, item in value.items():
            if name in properties:
                yield from check(item, properties[name], f"{path}.{name}" if path else name)
            else:
                yield from check(item, others, f"{path}[{name}]")
    elif isinstance(value, list):
        yield from _list(value, schema, path)
        for index, item in enumerate(value):
            yield from check(item, schema.get("items"), f"{path}[{index}]")


def _list(value: list[Any], schema: Mapping[str, Any], path: str) -> Iterator[Cause]:
    match schema.get("x-kubernetes-list-type"):
        case "set":
            yield from (duplicate(f"{path}[{index}]", gotext.ordered(value[index])) for index in _repeated(value))
        case "map":
            for index, item in enumerate(value):
                if item is not None and not isinstance(item, Mapping):
                    yield invalid(f"{path}[{index}]", item, "must be an object for an array of list-type map")
                    return
            keys = schema.get("x-kubernetes-list-map-keys") or ()
            found = [{key: item[key] for key in keys if item and key in item} for item in value]
            yield from (duplicate(f"{path}[{index}]", gotext.ordered(found[index])) for index in _repeated(found))


def _repeated(items: list[Any]) -> list[int]:
    """Where each value that stands there more than once stands for the second time."""
    seen: dict[str, int] = {}
    found = []
    for index, item in enumerate(items):
        text = json.dumps(item, sort_keys=True)
        seen[text] = seen.get(text, 0) + 1
        if seen[text] == 2:
            found.append(index)
    return found
