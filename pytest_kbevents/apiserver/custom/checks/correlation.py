"""Which part of an object was which before: what an update has not changed is not minded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pytest_kbevents.api.objects import same

Schema = Mapping[str, Any]


class Nothing:
    """What nothing was before."""


NOTHING: Final = Nothing()


def of_key(old: Any, name: str) -> Any:
    """What a field was."""
    return old.get(name, NOTHING) if isinstance(old, Mapping) else NOTHING


def of_items(value: list[Any], old: Any, schema: Schema) -> list[Any]:
    """What each item of a list was: only lists of type map can tell, by their keys."""
    keys = _keys(schema)
    if not keys or not isinstance(old, list):
        return [NOTHING] * len(value)
    before = {key: item for item in reversed(old) if (key := _key(item, keys)) is not None}
    return [NOTHING if (key := _key(item, keys)) is None else before.get(key, NOTHING) for item in value]


def equal(value: Any, old: Any, schema: Any) -> bool:
    """Whether a value is what it was, as far as its schema can tell: not of fields that the schema has not."""
    if isinstance(value, Mapping) and isinstance(old, Mapping):
        if value.keys() != old.keys() or not isinstance(schema, Mapping):
            return False
        properties, others = schema.get("properties") or {}, schema.get("additionalProperties")
        parts = ((value[key], old[key], properties.get(key, others)) for key in value)
        return all(isinstance(part, Mapping) and equal(new, was, part) for new, was, part in parts)
    if isinstance(value, list) and isinstance(old, list) and isinstance(schema, Mapping) and _keys(schema):
        before, items = of_items(value, old, schema), schema.get("items")
        pairs = zip(value, before, strict=True)
        return len(value) == len(old) and all(was is not NOTHING and equal(item, was, items) for item, was in pairs)
    return same(value, old)


def _keys(schema: Schema) -> tuple[str, ...]:
    """The keys of a list of type map; none for other lists."""
    is_map = schema.get("x-kubernetes-list-type") == "map"
    return tuple(schema.get("x-kubernetes-list-map-keys") or ()) if is_map else ()


def _key(item: Any, keys: tuple[str, ...]) -> tuple[Any, ...] | None:
    """An item's keys, as something that can be looked up; None where one is missing, or no scalar."""
    if not isinstance(item, Mapping):
        return None
    found = [item.get(key) for key in keys]
    scalars = all(isinstance(key, (str, int, float)) for key in found)
    return tuple((type(key), key) for key in found) if scalars else None
