"""A transport that writes only where it may: to the namespaces of the worlds, and to what is named after them."""

from __future__ import annotations

import re

from pytest_kbevents.api import status
from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.api.resources import COMPONENT_DEFINITIONS, NAMESPACES, NODES
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.errors import Forbidden

_NAMESPACED = re.compile(r"/namespaces/(?P<namespace>[^/]+)(?:/|$)")
_NAMED = re.compile(r"/(?:api/v1|apis/[^/]+/[^/]+)/[^/]+/(?P<name>[^/]+)")
_REVIEWS = "/apis/authorization.k8s.io/"


class Fence:
    """One world's. ``namespace`` is its own, and all that it may write to; beyond namespaces, only objects that have
    its name in theirs, and nodes where ``nodes`` are ours. Without ``definitions``, there are no ComponentDefinitions.
    """

    def __init__(self, transport: Transport, namespace: str, *, nodes: bool = False, definitions: bool = True) -> None:
        self._transport = transport
        self._namespace = namespace
        self._nodes = nodes
        self._definitions = definitions

    def send(self, request: Request) -> Response:
        """Hand on what is allowed; all else is answered 403, as an API server would."""
        if not self._definitions and request.path == COMPONENT_DEFINITIONS.path() and request.method == "GET":
            return _none(request)
        if request.method == "GET" or self._is_inside(request):
            return self._transport.send(request)
        text = f"{request.method} {request.path}: pytest-kbevents writes only to what it has made, in namespace "
        error = Forbidden(f"{text}{self._namespace}")
        return Response(error.code, status.failure(error))

    def _is_inside(self, request: Request) -> bool:
        if found := _NAMESPACED.search(request.path):
            return found["namespace"] == self._namespace
        if request.path.startswith(_REVIEWS) or (self._nodes and request.path.startswith(f"{NODES.path()}/")):
            return True
        name = _name(request)
        if request.path == NAMESPACES.path():
            return name == self._namespace
        return name.startswith(f"{self._namespace}-") or name.endswith(f"-{self._namespace}")


def _name(request: Request) -> str:
    """Of the object, which is in no namespace, that is written."""
    if found := _NAMED.match(request.path):
        return found["name"]
    body = request.body if isinstance(request.body, dict) else {}
    return str((body.get("metadata") or {}).get("name", ""))


class _Silence:
    """A watch of what never changes."""

    def ready(self) -> bool:
        return False

    def take(self) -> None:
        return None

    def ended(self) -> bool:
        return False

    def close(self) -> None:
        """Nobody is listening."""


def _none(request: Request) -> Response:
    """Whom the cluster does not let look at all of them sees none, instead of asking for ever."""
    if request.query.get("watch"):
        return Response(200, stream=_Silence())
    return Response(200, {"kind": "List", "metadata": {"resourceVersion": "1"}, "items": []})
