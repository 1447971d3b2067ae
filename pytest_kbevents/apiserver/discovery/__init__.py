"""What clients ask first: which groups, versions and resources there are, and whether the server is well.

May live here: documents made of the registry alone, at paths that name no resource. May not: types (``openapi/``),
objects, the store.
"""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.http import JSON, Request, Response
from pytest_kbevents.apiserver import openapi, views
from pytest_kbevents.apiserver.access.authorization import Authorization
from pytest_kbevents.apiserver.access.users import User
from pytest_kbevents.apiserver.discovery import aggregated, documents, groups, health
from pytest_kbevents.apiserver.discovery.version import VERSION
from pytest_kbevents.apiserver.registry import NOT_ALLOWED, Registry
from pytest_kbevents.apiserver.views import negotiation
from pytest_kbevents.errors import MethodNotAllowed

NO_PAGE = Response(404, "404 page not found\n", headers={"x-content-type-options": "nosniff"})
"""Where there is nothing, and nothing of the kind could be."""
_ROOTS = ("/", "/index.html")


def response(registry: Registry, request: Request, authorization: Authorization, user: User) -> Response | None:
    """The answer at a path that names no resource; None at one that does.

    Raises Forbidden, NotAcceptable, MethodNotAllowed.
    """
    parts = request.path.strip("/").split("/")
    if (parts[0] == "api" and len(parts) > 2) or (parts[0] == "apis" and len(parts) > 3):
        return None
    authorization.require_path(user, request.method.lower(), request.path)
    if parts[0] in ("api", "apis"):
        return _of_groups(registry, request, parts)
    if parts[0] == "openapi":
        return openapi.response(registry, request) or NO_PAGE
    if request.path.rstrip("/") == "/version":
        _check_method(request)
        if not negotiation.names_one_of(request.accept, (JSON,)):
            raise negotiation.unrepresentable(JSON)
        return Response(200, VERSION)
    if request.path in _ROOTS:
        return Response(200, {"paths": paths(registry)})
    said = health.text(request.path, request.query)
    return Response(200, said) if said is not None else NO_PAGE


def missing(path: str) -> Response | None:
    """The answer where no resource is found: a page below a group that is not built in; None for a Status."""
    parts = path.strip("/").split("/")
    built_in = parts[0] == "api" or (parts[0] == "apis" and len(parts) > 1 and parts[1] in groups.ORDER)
    return None if built_in else NO_PAGE


def paths(registry: Registry) -> list[str]:
    """All paths that name no resource."""
    found = ["/api", "/api/v1", "/apis", "/apis/", "/openapi/v2", "/openapi/v3", "/openapi/v3/", "/version"]
    for name, versions in groups.of(registry).items():
        if name:
            found += [f"/apis/{name}", *(f"/apis/{name}/{version}" for version in versions)]
    for endpoint in health.ENDPOINTS:
        found += [f"/{endpoint}", *(f"/{endpoint}/{check}" for check in health.checks(endpoint))]
    return sorted(found)


def _of_groups(registry: Registry, request: Request, parts: list[str]) -> Response | None:
    match parts:
        case ["api"] | ["apis"]:
            if aggregated.wanted(request.accept):
                return aggregated.response(registry, request, core=parts == ["api"])
            found: Any = documents.api() if parts == ["api"] else documents.apis(registry)
        case ["apis", name]:
            found = documents.group(registry, name)
        case ["api", version]:
            found = documents.version(registry, "", version)
        case [_, name, version]:
            found = documents.version(registry, name, version)
    if found is None:
        return missing(request.path)
    return _document(request, found, routed=_is_routed(parts))


def _document(request: Request, found: Any, *, routed: bool) -> Response:
    """A document in the media type that is asked for; ``routed`` paths are behind the router of the built-in kinds."""
    if routed:
        _check_method(request)
        negotiation.check_router(request.accept)
    form = negotiation.choose(request.accept)
    if form is None:
        raise negotiation.not_acceptable(request.accept)
    return views.in_media(Response(200, found), form.media)


def _is_routed(parts: list[str]) -> bool:
    return parts[0] == "api" or (len(parts) == 3 and parts[1] in groups.ORDER)


def _check_method(request: Request) -> None:
    if request.method != "GET":
        raise MethodNotAllowed(NOT_ALLOWED, details={})
