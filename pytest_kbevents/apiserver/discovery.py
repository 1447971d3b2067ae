"""What clients ask first: which groups, versions and resources there are, and whether the server is well."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.resources import Resource
from pytest_kbevents.apiserver.registry import Registry

VERSION = {
    "major": "1",
    "minor": "37",
    "gitVersion": "v1.37.2",
    "gitCommit": "",
    "gitTreeState": "clean",
    "buildDate": "1970-01-01T00:00:00Z",
    "goVersion": "",
    "compiler": "",
    "platform": "",
}
"""The release of the real kube-apiserver whose answers this server gives."""

_VERBS = ["create", "delete", "get", "list", "patch", "update", "watch"]


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
    return list(dict.fromkeys(resource.group for resource in registry.resources() if resource.group))


def _group(registry: Registry, group: str) -> dict[str, Any]:
    found = dict.fromkeys(resource.version for resource in registry.resources() if resource.group == group)
    versions = [{"groupVersion": f"{group}/{version}", "version": version} for version in found]
    return {"name": group, "versions": versions, "preferredVersion": versions[0]}


def _resource_list(registry: Registry, group: str, version: str) -> dict[str, Any] | None:
    served = [item for item in registry.resources() if (item.group, item.version) == (group, version)]
    if not served:
        return None
    resources = [entry for resource in served for entry in _entries(resource)]
    group_version = f"{group}/{version}" if group else version
    return {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": group_version, "resources": resources}


def _entries(resource: Resource) -> list[dict[str, Any]]:
    entry: dict[str, Any] = {
        "name": resource.plural,
        "singularName": resource.kind.lower(),
        "namespaced": resource.namespaced,
        "kind": resource.kind,
        "verbs": _VERBS,
    }
    if resource.short_names:
        entry["shortNames"] = list(resource.short_names)
    if resource.categories:
        entry["categories"] = list(resource.categories)
    entries = [entry]
    if resource.has_status:
        scope = {"namespaced": resource.namespaced, "kind": resource.kind}
        entries.append(
            {"name": f"{resource.plural}/status", "singularName": "", **scope, "verbs": ["get", "patch", "update"]}
        )
    return entries
