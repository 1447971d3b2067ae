"""From an object to the resource it belongs to."""

from __future__ import annotations

from pytest_kbevents.api import resources
from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import Resource

_KNOWN = {(each.api_version, each.kind): each for each in vars(resources).values() if isinstance(each, Resource)}


def resource_of(obj: Object) -> Resource:
    """By its apiVersion and kind. Raises KeyError for one that we never speak of."""
    return _KNOWN[obj["apiVersion"], obj["kind"]]
