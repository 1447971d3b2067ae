"""Optional values: fields and items that may be absent, and what becomes of those that are not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def select(value: Any, name: str) -> Any:
    """A field, if there is one."""
    value = _there(value)
    return _optional(value[name]) if isinstance(value, Mapping) and name in value else _optional()


def index(value: Any, key: Any) -> Any:
    """An item of a list or a map, if there is one."""
    value = _there(value)
    if isinstance(value, list):
        return _optional(value[key]) if 0 <= key < len(value) else _optional()
    return select(value, key)


def items(value: Any) -> list[Any]:
    """A list of the one value, or of none."""
    return [value.value()] if value.has_value() else []


def first(found: list[Any]) -> Any:
    """The first item, if there is one."""
    return _optional(*found[:1])


def last(found: list[Any]) -> Any:
    """The last item, if there is one."""
    return _optional(*found[-1:])


def flat(found: list[Any]) -> Any:
    """The one optional value of a list, which the library may have opened already; nothing for an empty list."""
    return found[0] if found and hasattr(found[0], "has_value") else _optional(*found[:1])


def _there(value: Any) -> Any:
    """What is in an optional value; another value itself."""
    if not hasattr(value, "has_value"):
        return value
    return value.value() if value.has_value() else None


def _optional(*value: Any) -> Any:
    from pytest_kbevents.apiserver.custom.cel import library

    return library.optional(*value, there=True) if value else library.optional(None, there=False)
