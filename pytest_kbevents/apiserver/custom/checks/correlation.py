"""Which part of an object was which before: what an update has not changed is not minded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final


class Nothing:
    """What nothing was before."""


NOTHING: Final = Nothing()


def of_key(old: Any, name: str) -> Any:
    """What a field was."""
    return old.get(name, NOTHING) if isinstance(old, Mapping) else NOTHING


def of_items(value: list[Any], old: Any, schema: Mapping[str, Any]) -> list[Any]:
    """What each item of a list was: only lists of type map can tell, by their keys."""
    keys = schema.get("x-kubernetes-list-map-keys") if schema.get("x-kubernetes-list-type") == "map" else None
    if not keys or not isinstance(old, list):
        return [NOTHING] * len(value)
    before = {key_of(item, keys): item for item in reversed(old)}
    return [before.get(key_of(item, keys), NOTHING) for item in value]


def key_of(item: Any, keys: list[str]) -> tuple[str, ...]:
    """An item's keys, as something that can be looked up."""
    return tuple(repr(item.get(key)) for key in keys) if isinstance(item, Mapping) else ()


def equal(value: Any, old: Any) -> bool:
    """Whether two values are the same, true and 1 told apart."""
    if isinstance(value, Mapping) and isinstance(old, Mapping):
        return value.keys() == old.keys() and all(equal(item, old[key]) for key, item in value.items())
    if isinstance(value, list) and isinstance(old, list):
        return len(value) == len(old) and all(equal(item, other) for item, other in zip(value, old, strict=True))
    return type(value) is type(old) and bool(value == old)
