"""What a request asks for by its path alone, whether anything is served there or not (Kubernetes: RequestInfo)."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_kbevents.api.http import Request
from pytest_kbevents.apiserver.access.rules import Attributes

_OF_ONE: Mapping[str, str] = {"POST": "create", "GET": "get", "HEAD": "get", "PUT": "update", "PATCH": "patch"}
_OF_NAMESPACES = ("status", "finalize")


def of(request: Request) -> Attributes:
    """The attributes that authorisation goes by."""
    parts = [part for part in request.path.split("/") if part]
    verb = {**_OF_ONE, "DELETE": "delete"}.get(request.method, request.method.lower())
    if parts[:1] == ["api"] and len(parts) > 2:
        group, rest = "", parts[2:]
    elif parts[:1] == ["apis"] and len(parts) > 3:
        group, rest = parts[1], parts[3:]
    else:
        return Attributes(verb if request.method != "GET" else "get", path=request.path)
    namespace = ""
    if rest[0] == "namespaces" and len(rest) > 1:
        namespace = rest[1]
        if len(rest) > 2 and rest[2] not in _OF_NAMESPACES:
            rest = rest[2:]
    resource, name, subresource = (*rest, "", "")[:3]
    if not name:
        verb = {"get": "list", "delete": "deletecollection"}.get(verb, verb)
    return Attributes(verb, group, resource, subresource, namespace, name)
