"""What each verb does to the store. Called inside a transaction, so that read, decide and commit are one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pytest_kbevents.api import mergepatch
from pytest_kbevents.api.http import MERGE_PATCH
from pytest_kbevents.api.objects import Object, key_of, name_of, revision_of, uid_of, with_metadata
from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS, NAMESPACES
from pytest_kbevents.api.selectors import field_selector, label_selector
from pytest_kbevents.apiserver import validation
from pytest_kbevents.apiserver.registry import Registry, Route
from pytest_kbevents.apiserver.store import Store
from pytest_kbevents.apiserver.strategy import Strategy
from pytest_kbevents.apiserver.subscription import Selects, Subscription
from pytest_kbevents.errors import AlreadyExists, BadRequest, Conflict, Invalid, NotFound, UnsupportedMediaType

MODIFIED_MEANWHILE = "the object has been modified; please apply your changes to the latest version and try again"


class Verbs:
    """create, get, list, watch, update, patch and delete."""

    def __init__(self, store: Store, registry: Registry, strategy: Strategy) -> None:
        self._store = store
        self._registry = registry
        self._strategy = strategy

    def get(self, route: Route) -> Object:
        """Raises NotFound."""
        obj = self._store.get(route.resource.qualified, (route.namespace, route.name))
        if obj is None:
            raise NotFound(f'{route.resource.qualified} "{route.name}" not found', details=_details(route))
        return obj

    def list(self, route: Route, query: Mapping[str, str]) -> Object:
        """All that match the selectors, at the newest revision. Raises BadRequest."""
        selects = _selects(route, query)
        objects = self._store.select(route.resource.qualified, route.namespace)
        return {
            "kind": f"{route.resource.kind}List",
            "apiVersion": route.resource.api_version,
            "metadata": {"resourceVersion": str(self._store.revision)},
            "items": [obj for obj in objects if selects(obj)],
        }

    def watch(self, route: Route, query: Mapping[str, str]) -> Subscription:
        """Changes after ``resourceVersion``; without one, or with 0, the current objects first. Raises Gone."""
        if "sendInitialEvents" in query:
            rule = "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled"
            raise Invalid(f"ListOptions.meta.k8s.io is invalid: sendInitialEvents: Forbidden: {rule}")
        asked = query.get("resourceVersion", "")
        if not asked.isascii() or not (asked.isdigit() or asked == ""):
            raise BadRequest(f"Invalid value: {asked!r}: resourceVersion must be a whole number")
        subscription = Subscription(_selects(route, query))
        subscription.start(self._store, route.resource.qualified, int(asked) if asked not in ("", "0") else None)
        return subscription

    def create(self, route: Route, body: Any) -> Object:
        """Raises AlreadyExists, Invalid, BadRequest, NotFound (of the namespace)."""
        if route.resource.namespaced and self._store.get(NAMESPACES.qualified, ("", route.namespace)) is None:
            details = {"name": route.namespace, "kind": "namespaces"}
            raise NotFound(f'namespaces "{route.namespace}" not found', details=details)
        obj = self._strategy.for_create(route, body)
        validation.check(route.resource, obj)
        name = name_of(obj)
        if self._store.get(route.resource.qualified, key_of(obj)) is not None:
            details = _details(route) | {"name": name}
            raise AlreadyExists(f'{route.resource.qualified} "{name}" already exists', details=details)
        return self._store.put(route.resource.qualified, key_of(obj), obj)

    def update(self, route: Route, body: Any) -> Object:
        """Raises Conflict when the body's resourceVersion or uid is not the stored one; NotFound, Invalid."""
        current = self.get(route)
        obj = self._strategy.for_update(route, current, body)
        metadata = body.get("metadata", {})
        if not metadata.get("resourceVersion") and route.resource.qualified in self._registry.custom:
            rule = "metadata.resourceVersion: Invalid value: 0: must be specified for an update"
            raise Invalid(f'{route.resource.qualified} "{route.name}" is invalid: {rule}', details=_details(route))
        return self._replace(route, current, obj, metadata)

    def patch(self, route: Route, body: Any, content_type: str) -> Object:
        """A JSON merge patch; conflicts only with a resourceVersion or uid that the patch names."""
        if content_type.partition(";")[0].strip() != MERGE_PATCH:
            raise UnsupportedMediaType(
                f"the body of the request was in an unknown format - accepted media types include: {MERGE_PATCH}"
            )
        if not isinstance(body, dict):
            raise BadRequest("a merge patch of an object must be a JSON object")
        current = self.get(route)
        uid = (body.get("metadata") or {}).get("uid")
        if uid not in (None, uid_of(current)):
            rule = f'metadata.uid: Invalid value: "{uid}": field is immutable'
            raise Invalid(f'{route.resource.kind} "{route.name}" is invalid: {rule}', details=_details(route))
        obj = self._strategy.for_update(route, current, mergepatch.apply(current, body))
        return self._replace(route, current, obj, body.get("metadata") or {})

    def delete(self, route: Route, body: Any) -> Object:
        """At once. Raises NotFound, and Conflict when ``preconditions`` name another uid or resourceVersion."""
        current = self.get(route)
        preconditions = (body or {}).get("preconditions") or {} if isinstance(body, dict) else {}
        self._expect(route, current, preconditions)
        stored = self._store.remove(route.resource.qualified, (route.namespace, route.name))
        if route.resource == CUSTOM_RESOURCE_DEFINITIONS:
            for obj in self._store.select(route.name):
                self._store.remove(route.name, key_of(obj))
        details = _details(route) | {"uid": uid_of(stored)}
        return {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "details": details}

    def _replace(self, route: Route, current: Object, obj: Object, expected: Mapping[str, Any]) -> Object:
        self._expect(route, current, expected)
        obj = with_metadata(obj, resourceVersion=revision_of(current))
        validation.check(route.resource, obj)
        if obj == current and json.dumps(obj, sort_keys=True) == json.dumps(current, sort_keys=True):  # 1 == True
            return current  # like the real server, an update that changes nothing commits nothing
        return self._store.put(route.resource.qualified, key_of(current), obj)

    def _expect(self, route: Route, current: Object, expected: Mapping[str, Any]) -> None:
        prefix = f'Operation cannot be fulfilled on {route.resource.qualified} "{route.name}"'
        if expected.get("uid") not in (None, "", uid_of(current)):
            problem = f"UID in precondition: {expected['uid']}, UID in object meta: {uid_of(current)}"
            raise Conflict(f"{prefix}: Precondition failed: {problem}", details=_details(route))
        if expected.get("resourceVersion") not in (None, "", revision_of(current)):
            raise Conflict(f"{prefix}: {MODIFIED_MEANWHILE}", details=_details(route))


def _selects(route: Route, query: Mapping[str, str]) -> Selects:
    labelled = label_selector(query.get("labelSelector", ""))
    fielded = field_selector(query.get("fieldSelector", ""))

    def selects(obj: Object) -> bool:
        if route.namespace and obj["metadata"].get("namespace") != route.namespace:
            return False
        if route.name and name_of(obj) != route.name:
            return False
        return labelled(obj) and fielded(obj)

    return selects


def _details(route: Route) -> dict[str, Any]:
    group = {"group": route.resource.group} if route.resource.group else {}
    return {"name": route.name, **group, "kind": route.resource.plural}
