"""The verbs of the Kubernetes API over a transport."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pytest_kbevents.api import status
from pytest_kbevents.api.http import JSON, MERGE_PATCH, STRATEGIC_MERGE_PATCH, Request, Response, WatchStream
from pytest_kbevents.api.objects import Object, name_of, namespace_of
from pytest_kbevents.api.resources import Resource
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.errors import ApiError

TOO_MANY_REQUESTS = 429
WATCH_SECONDS = 300
"""After which a server ends a watch, and its reader goes on from where it was: a dead connection is noticed by then."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list and the revision it was true at: where a watch goes on from."""

    items: list[Object]
    revision: str


class Client:
    """Reader and Writer against the API server itself. ``user_agent`` says who it is in audits and reports."""

    def __init__(self, transport: Transport, user_agent: str) -> None:
        self._transport = transport
        self._user_agent = user_agent

    def get(self, resource: Resource, namespace: str, name: str) -> Object:
        """Read one object. Raises NotFound."""
        return self._object("GET", resource.path(namespace, name))

    def list(self, resource: Resource, namespace: str = "", label_selector: str = "") -> list[Object]:
        """Read the objects of a namespace (``""``: of all)."""
        return self.listing(resource, namespace, label_selector).items

    def listing(
        self, resource: Resource, namespace: str = "", label_selector: str = "", field_selector: str = ""
    ) -> Listing:
        """As ``list``, with the revision."""
        selectors = {"labelSelector": label_selector, "fieldSelector": field_selector}
        query = {name: selector for name, selector in selectors.items() if selector}
        body = self._object("GET", resource.path(namespace), query=query)
        items = [_typed(resource, obj) for obj in body.get("items") or ()]
        return Listing(items, str(body["metadata"]["resourceVersion"]))

    def create(self, resource: Resource, obj: Object) -> Object:
        """Raises AlreadyExists, Invalid."""
        return self._object("POST", resource.path(namespace_of(obj)), body=_typed(resource, obj))

    def update(self, resource: Resource, obj: Object, subresource: str = "") -> Object:
        """Raises Conflict, NotFound, Invalid."""
        return self._object(
            "PUT", resource.path(namespace_of(obj), name_of(obj), subresource), body=_typed(resource, obj)
        )

    def patch(self, resource: Resource, namespace: str, name: str, patch: Object, subresource: str = "") -> Object:
        """JSON merge patch."""
        path = resource.path(namespace, name, subresource)
        return self._object("PATCH", path, body=patch, content_type=MERGE_PATCH)

    def merge(self, resource: Resource, namespace: str, name: str, patch: Object, subresource: str = "") -> Object:
        """Strategic merge patch: what else is in a list of a built-in kind stays, whoever wrote it."""
        path = resource.path(namespace, name, subresource)
        return self._object("PATCH", path, body=patch, content_type=STRATEGIC_MERGE_PATCH)

    def delete(self, resource: Resource, namespace: str, name: str, grace: int | None = None) -> Object:
        """``grace`` in seconds is for Pods, 0 to be gone at once; None leaves it to the Pod. Raises NotFound."""
        return self.remove(resource.path(namespace, name), grace)

    def remove(self, path: str, grace: int | None = None) -> Object:
        """``delete`` by the object's path."""
        query = {} if grace is None else {"gracePeriodSeconds": str(grace)}
        return self._object("DELETE", path, query=query)

    def watch(
        self, resource: Resource, namespace: str, revision: str, *, bookmarks: bool = False, field_selector: str = ""
    ) -> WatchStream:
        """All changes after ``revision``; with ``bookmarks``, the server may say between them how far it is. Raises
        Gone when the revision has been compacted away.
        """
        query = {"watch": "true", "resourceVersion": revision, "timeoutSeconds": str(WATCH_SECONDS)}
        if bookmarks:
            query["allowWatchBookmarks"] = "true"
        if field_selector:
            query["fieldSelector"] = field_selector
        response = self._send("GET", resource.path(namespace), query=query)
        if response.stream is None:
            raise status.to_error(500, f"the answer to a watch of {resource.qualified} is no stream")
        return response.stream

    def fetch(self, path: str, query: dict[str, str] | None = None) -> Any:
        """What is no object: a log, or the page of a server behind a Pod's proxy; JSON is decoded. Raises ApiError."""
        return self._send("GET", path, query=query).body

    def post(self, path: str, body: Object) -> Object:
        """Create a subresource, such as a Pod's eviction. Raises ApiError."""
        return self._object("POST", path, body=body)

    def _object(self, method: str, path: str, **parts: Any) -> Object:
        body: Object = self._send(method, path, **parts).body
        return body

    def _send(
        self, method: str, path: str, *, query: dict[str, str] | None = None, body: Any = None, content_type: str = JSON
    ) -> Response:
        request = Request(method, path, query or {}, body, content_type, user_agent=self._user_agent)
        response = self._transport.send(request)
        if response.status >= 400:
            raise _error(response)
        return response


def _error(response: Response) -> ApiError:
    """With the wait that the server asks for, where client libraries heed it."""
    error = status.to_error(response.status, response.body)
    wait = response.headers.get("retry-after", "")
    if wait.isascii() and wait.isdigit() and (response.status == TOO_MANY_REQUESTS or response.status >= 500):
        error.retry_after = int(wait)
    return error


def _typed(resource: Resource, obj: Object) -> Object:
    """As typed clients have it: a list's items, and what a caller made, need not say of which kind they are."""
    return obj if "kind" in obj else {**obj, "apiVersion": resource.api_version, "kind": resource.kind}
