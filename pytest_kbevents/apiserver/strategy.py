"""What the server itself sets or keeps when an object is created or changed."""

from __future__ import annotations

import random
import uuid
from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.objects import Object, detached, name_of, namespace_of, with_label, with_metadata
from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS, NAMESPACES, PODS, SERVICES
from pytest_kbevents.apiserver import decoding
from pytest_kbevents.apiserver.registry import Route
from pytest_kbevents.clock import Clock
from pytest_kbevents.errors import BadRequest

_SUFFIX_ALPHABET = "bcdfghjklmnpqrstvwxz2456789"
_KEPT = ("name", "namespace", "uid", "creationTimestamp", "generation")


class Strategy:
    """Fills in an object before it is stored. ``rng`` gives uids and name suffixes, so that a seed repeats them."""

    def __init__(self, clock: Clock, rng: random.Random) -> None:
        self._clock = clock
        self._rng = rng

    def for_create(self, route: Route, body: Any) -> Object:
        """The object that a POST stores. Raises BadRequest."""
        obj = _of_the_route(route, body)
        metadata = obj["metadata"]
        if metadata.get("resourceVersion"):
            raise BadRequest("resourceVersion should not be set on objects to be created")
        now = times.time(self._clock.micros())
        obj = with_metadata(
            obj,
            name=self._name(metadata),
            uid=str(uuid.UUID(int=self._rng.getrandbits(128), version=4)),
            creationTimestamp=now,
            generation=1 if route.resource.group else None,  # the core kinds we serve have none
            resourceVersion=None,
        )
        if route.resource.has_status:
            obj = {key: value for key, value in obj.items() if key != "status"} | self._first_status(route, obj, now)
        if route.resource == NAMESPACES:
            obj = with_label(obj, "kubernetes.io/metadata.name", name_of(obj))
        return obj

    def for_update(self, route: Route, current: Object, body: Any) -> Object:
        """The object that a PUT or PATCH stores: identity stays, and only one of spec and status can change.

        Raises:
            BadRequest: the body is of another kind, namespace or name.
        """
        obj = _of_the_route(route, body)
        if name_of(obj) != route.name:
            raise BadRequest(
                f"the name of the object ({name_of(obj)}) does not match the name on the URL ({route.name})"
            )
        if route.subresource == "status":
            return _with(current, "status", obj.get("status"))
        kept = {key: current["metadata"].get(key) for key in _KEPT}
        obj = with_metadata(obj, **kept)
        if route.resource.has_status:
            obj = _with(obj, "status", current.get("status"))
        if "generation" in current["metadata"] and _intent(obj) != _intent(current):
            obj = with_metadata(obj, generation=current["metadata"]["generation"] + 1)
        return obj

    def _name(self, metadata: Object) -> str:
        prefix = metadata.get("generateName")
        if metadata.get("name") or not prefix:
            return str(metadata.get("name") or "")
        return str(prefix) + "".join(self._rng.choice(_SUFFIX_ALPHABET) for _ in range(5))

    def _first_status(self, route: Route, obj: Object, now: str) -> dict[str, Any]:
        if route.resource == CUSTOM_RESOURCE_DEFINITIONS:
            condition = {"status": "True", "lastTransitionTime": now}
            names = {"type": "NamesAccepted", "reason": "NoConflicts", "message": "no conflicts found", **condition}
            established = {
                "type": "Established",
                "reason": "InitialNamesAccepted",
                "message": "the initial names have been accepted",
                **condition,
            }
            stored = [version["name"] for version in (obj.get("spec") or {}).get("versions") or []]
            accepted = (obj.get("spec") or {}).get("names")
            return {"status": {"conditions": [names, established], "acceptedNames": accepted, "storedVersions": stored}}
        first = {PODS: {"phase": "Pending"}, NAMESPACES: {"phase": "Active"}, SERVICES: {"loadBalancer": {}}}
        return {"status": first[route.resource]} if route.resource in first else {}


def _of_the_route(route: Route, body: Any) -> dict[str, Any]:
    """A detached copy of the body with the kind and namespace of the URL. Raises BadRequest when they contradict."""
    if not isinstance(body, dict) or not isinstance(body.get("metadata") or {}, dict):
        raise BadRequest("the body must be a JSON object with an object as its metadata")
    body = {**body, "metadata": body.get("metadata") or {}}
    resource = route.resource
    given = (body.get("apiVersion", resource.api_version), body.get("kind", resource.kind))
    if given != (resource.api_version, resource.kind):
        raise BadRequest(
            f"{given[1]} in version {given[0]!r} cannot be handled as a "
            f"{resource.kind} in version {resource.api_version!r}"
        )
    if route.namespace and namespace_of(body) not in ("", route.namespace):
        raise BadRequest("the namespace of the provided object does not match the namespace sent on the request")
    copy: dict[str, Any] = detached(body)
    copy.update(apiVersion=resource.api_version, kind=resource.kind)
    decoding.check(resource, copy)
    return with_metadata(copy, namespace=route.namespace or None)


def _with(obj: Object, field: str, value: Any) -> dict[str, Any]:
    rest = {key: item for key, item in obj.items() if key != field}
    return rest if value is None else rest | {field: value}


def _intent(obj: Object) -> dict[str, Any]:
    return {key: value for key, value in obj.items() if key not in ("metadata", "status")}
