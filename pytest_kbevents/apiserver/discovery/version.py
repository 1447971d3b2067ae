"""What clients ask first: which groups, versions and resources there are, and whether the server is well."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.apiserver.access.authorization import Authorization
from pytest_kbevents.apiserver.access.users import User
from pytest_kbevents.apiserver.registry import Registry

VERSION = {
    "major": "1",
    "minor": "37",
    "emulationMajor": "1",
    "emulationMinor": "37",
    "minCompatibilityMajor": "1",
    "minCompatibilityMinor": "36",
    "gitVersion": "v1.37.2",
    "gitCommit": "$Format:%H$",
    "gitTreeState": "clean",
    "buildDate": "1970-01-01T00:00:00Z",
    "goVersion": "go1.26.8",
    "compiler": "gc",
    "platform": "linux/amd64",
}
"""The release of the real kube-apiserver whose answers this server gives."""


def response(registry: Registry, request: Request, authorization: Authorization, user: User) -> Response | None:
    """The answer to a GET of a path that names no resource; None where there is nothing. Raises Forbidden."""
    if request.method != "GET":
        return None
    found = document(registry, request.path)
    if found is not None:
        authorization.require_path(user, "get", request.path)
        return Response(200, found)
    return None


def document(registry: Registry, path: str) -> Any:
    """The document at a path that names no resource; None where there is none."""
    path = path.rstrip("/")
    if path == "/version":
        return VERSION
    if path in ("/healthz", "/livez", "/readyz"):
        return "ok"
    if path == "/api":
        return {"kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": []}
    if path == "/apis":
        groups = [_group(registry, group) for group in _groups(registry)]
        return {"kind": "APIGroupList", "apiVersion": "v1", "groups": groups}
    return _of_group(registry, path.strip("/").split("/"))


def _of_group(registry: Registry, parts: list[str]) -> Any:
    match parts:
        case ["api", version]:
            return _resource_list(registry, "", version)
        case ["apis", group] if group in _groups(registry):
            return {"kind": "APIGroup", "apiVersion": "v1", **_group(registry, group)}
        case ["apis", group, version]:
            return _resource_list(registry, group, version)
    return None


def _groups(registry: Registry) -> list[str]:
    return list(dict.fromkeys(served.resource.group for served in registry.all() if served.resource.group))


def _group(registry: Registry, group: str) -> dict[str, Any]:
    found = dict.fromkeys(served.resource.version for served in registry.all() if served.resource.group == group)
    versions = [{"groupVersion": f"{group}/{version}", "version": version} for version in found]
    return {"name": group, "versions": versions, "preferredVersion": versions[0]}


def _resource_list(registry: Registry, group: str, version: str) -> dict[str, Any] | None:
    served = [item for item in registry.all() if (item.resource.group, item.resource.version) == (group, version)]
    if not served:
        return None
    entries = [entry for item in served for entry in (item.entry, *item.subresources.values())]
    group_version = f"{group}/{version}" if group else version
    return {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": group_version, "resources": entries}
