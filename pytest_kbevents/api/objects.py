"""Kubernetes objects as plain JSON values that nobody changes in place.

A reader of a cache or of the store gets the very object that others hold. ``Object`` is a read-only type, so mypy
refuses assignment, and the functions here return changed copies that share what did not change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Object = Mapping[str, Any]
"""One Kubernetes object: JSON, read-only by agreement."""

Key = tuple[str, str]
"""(namespace, name); the namespace of a cluster-scoped object is ``""``."""


def name_of(obj: Object) -> str:
    """``metadata.name``, or ``""``."""
    return str(obj.get("metadata", {}).get("name", ""))


def namespace_of(obj: Object) -> str:
    """``metadata.namespace``, or ``""``."""
    return str(obj.get("metadata", {}).get("namespace", ""))


def key_of(obj: Object) -> Key:
    """The object's place among its kind."""
    return namespace_of(obj), name_of(obj)


def uid_of(obj: Object) -> str:
    """``metadata.uid``, or ``""``."""
    return str(obj.get("metadata", {}).get("uid", ""))


def revision_of(obj: Object) -> str:
    """``metadata.resourceVersion``, or ``""``."""
    return str(obj.get("metadata", {}).get("resourceVersion", ""))


def labels_of(obj: Object) -> Mapping[str, str]:
    """``metadata.labels``, empty when absent or null."""
    return obj.get("metadata", {}).get("labels") or {}


def conditions_of(obj: Object) -> list[Object]:
    """``status.conditions``, empty when absent or null."""
    conditions: list[Object] = (obj.get("status") or {}).get("conditions") or []
    return conditions


def annotations_of(obj: Object) -> Mapping[str, str]:
    """``metadata.annotations``, empty when absent or null."""
    return obj.get("metadata", {}).get("annotations") or {}


def with_metadata(obj: Object, **fields: Any) -> dict[str, Any]:
    """A copy whose metadata has ``fields``; a field that is None is taken out."""
    metadata = {**obj.get("metadata", {}), **fields}
    return {**obj, "metadata": {key: value for key, value in metadata.items() if value is not None}}


def with_label(obj: Object, key: str, value: str | None) -> dict[str, Any]:
    """A copy with that label, or without it when ``value`` is None."""
    return with_metadata(obj, labels=_with_entry(labels_of(obj), key, value))


def with_annotation(obj: Object, key: str, value: str | None) -> dict[str, Any]:
    """A copy with that annotation, or without it when ``value`` is None."""
    return with_metadata(obj, annotations=_with_entry(annotations_of(obj), key, value))


def detached(value: Any) -> Any:
    """A deep copy of a JSON value."""
    if isinstance(value, Mapping):
        return {key: detached(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [detached(item) for item in value]
    return value


def same(value: Any, other: Any) -> bool:
    """Whether two JSON values are the same text: 1 is neither 1.0 nor true, as it is to ``==``."""
    if isinstance(value, Mapping) and isinstance(other, Mapping):
        return value.keys() == other.keys() and all(same(item, other[key]) for key, item in value.items())
    if isinstance(value, list) and isinstance(other, list):
        return len(value) == len(other) and all(map(same, value, other))
    return type(value) is type(other) and bool(value == other)


def _with_entry(entries: Mapping[str, str], key: str, value: str | None) -> dict[str, str] | None:
    changed = {name: text for name, text in entries.items() if name != key}
    if value is not None:
        changed[key] = value
    return changed or None
