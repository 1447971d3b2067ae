"""Metadata alone: PartialObjectMetadata and its list."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.served import Served
from pytest_kbevents.errors import ApiError, NotAcceptable, UnknownError

_PACKAGES = {"": "core", "events.k8s.io": "core"}


def of_object(obj: Object, version: str) -> dict[str, Any]:
    """One object's metadata."""
    return {"kind": "PartialObjectMetadata", "apiVersion": version, "metadata": obj["metadata"]}


def of_list(obj: Object, version: str) -> dict[str, Any]:
    """A list's items' metadata."""
    metadata = {field: value for field, value in obj["metadata"].items() if value != ""}
    items = [of_object(item, version) for item in obj["items"]]
    return {"kind": "PartialObjectMetadataList", "apiVersion": version, "metadata": metadata, "items": items or None}


def no_list(served: Served) -> ApiError:
    """The error of a list where there is none; of a custom resource, what the real server happens to answer."""
    if served.custom:
        return UnknownError("content is not a list")
    problem = "you requested PartialObjectMetadataList, but the requested object is not a list"
    return NotAcceptable(f"{problem} ({_go_type(served)})")


def no_object(served: Served) -> ApiError:
    """The error of an object where there is a list."""
    problem = "you requested PartialObjectMetadata, but the requested object is a list"
    return NotAcceptable(f"{problem} ({_go_type(served, 'List')})")


def _go_type(served: Served, suffix: str = "") -> str:
    """What the real server calls the type in its errors."""
    if served.custom:
        return f"*unstructured.Unstructured{suffix}"
    group = served.resource.group
    return f"*{_PACKAGES.get(group, group.partition('.')[0])}.{served.resource.kind}{suffix}"
