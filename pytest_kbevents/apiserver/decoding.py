"""What a body must be before any rule is asked: JSON values of the types that the kinds declare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import EVENTS, Resource
from pytest_kbevents.errors import BadRequest

_TEXTS = ("name", "generateName", "namespace", "uid", "resourceVersion")
_MAPS = ("labels", "annotations")
_LISTS = ("ownerReferences", "finalizers", "managedFields")
_PARTS = ("spec", "status", "data")
_EVENT_TEXTS = ("reason", "message", "action", "type", "reportingComponent", "reportingInstance")
_EVENT_TIMES = ("eventTime", "firstTimestamp", "lastTimestamp")


def check(resource: Resource, obj: Object) -> None:
    """Raises BadRequest, as the real server's decoder does, for the first value of a wrong type; null is no value."""
    metadata = obj.get("metadata")
    _typed(resource, "metadata", metadata, Mapping)
    for field in _TEXTS:
        _typed(resource, f"metadata.{field}", (metadata or {}).get(field), str)
    for field in _MAPS:
        entries = (metadata or {}).get(field)
        _typed(resource, f"metadata.{field}", entries, Mapping)
        for key, value in (entries or {}).items():
            _typed(resource, f"metadata.{field}.{key}", value, str)
    for field in _LISTS:
        _typed(resource, f"metadata.{field}", (metadata or {}).get(field), list)
    for field in _PARTS:
        _typed(resource, field, obj.get(field), Mapping)
    if resource == EVENTS:
        _event(resource, obj)


def _event(resource: Resource, obj: Object) -> None:
    for field in ("involvedObject", "source", "series"):
        _typed(resource, field, obj.get(field), Mapping)
    for field in (*_EVENT_TEXTS, *_EVENT_TIMES):
        _typed(resource, field, obj.get(field), str)
    if isinstance(obj.get("count"), bool):
        raise _wrong(resource, "count", "cannot unmarshal bool into an integer")
    _typed(resource, "count", obj.get("count"), int)
    for field in _EVENT_TIMES:
        try:
            times.parse_optional(obj.get(field))
        except ValueError as error:
            raise _wrong(resource, field, f"parsing time: {error}") from None


def _typed(resource: Resource, field: str, value: Any, kind: type) -> None:
    if value is not None and not isinstance(value, kind):
        raise _wrong(resource, field, f"cannot unmarshal {type(value).__name__} into {kind.__name__}")


def _wrong(resource: Resource, field: str, problem: str) -> BadRequest:
    kind, version = resource.kind, resource.version
    return BadRequest(f'{kind} in version "{version}" cannot be handled as a {kind}: {field}: {problem}')
