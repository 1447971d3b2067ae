"""Which resources are served: the built-in ones of ``schemas/resources.json``, and custom ones that come and go."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pytest_kbevents.api.http import DELETED
from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import Resource
from pytest_kbevents.apiserver import schemas
from pytest_kbevents.apiserver.custom import conditions
from pytest_kbevents.apiserver.custom.rules import CustomRules
from pytest_kbevents.apiserver.kinds import table
from pytest_kbevents.apiserver.served import Served
from pytest_kbevents.apiserver.store import Commit
from pytest_kbevents.apiserver.versions import newest
from pytest_kbevents.errors import NotFound

ALL_VERBS = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"]
SUBRESOURCE_VERBS = ["get", "patch", "update"]
NO_RESOURCE = "the server could not find the requested resource"
NOT_ALLOWED = "the server does not allow this method on the requested resource"
"""What a path answers to a method that it does not know."""


@dataclass(frozen=True, slots=True)
class Route:
    """What a path names."""

    served: Served
    namespace: str = ""
    name: str = ""
    subresource: str = ""
    watches: bool = False
    """A path of the old form ``/api/v1/watch/...``."""

    @property
    def key(self) -> tuple[str, str]:
        """The object's place on its shelf."""
        return self.namespace, self.name


class Registry:
    """Resources by group, version and plural."""

    def __init__(self, served: Mapping[tuple[str, str, str], Served] | None = None) -> None:
        self._served = dict(_built_in() if served is None else served)

    def fork(self) -> Registry:
        """The same resources, to come and go on their own."""
        return Registry(self._served)

    def all(self) -> list[Served]:
        """Everything served, in the order it was added."""
        return list(self._served.values())

    def find(self, group: str, kind: str, version: str = "") -> Served | None:
        """What serves a kind, in a version or in any."""
        for served in self._served.values():
            resource = served.resource
            if (resource.group, resource.kind) == (group, kind) and version in ("", resource.version):
                return served
        return None

    def follow(self, commit: Commit) -> None:
        """Serve what CustomResourceDefinitions say, as they are committed: a listener of the store."""
        if commit.previous is not None:
            self._uninstall(commit.previous)
        if commit.type != DELETED and conditions.holds(commit.object, conditions.ESTABLISHED):
            self._install(commit.object)

    def _install(self, definition: Object) -> None:
        spec = definition["spec"]
        stored = next(version["name"] for version in spec["versions"] if version["storage"])
        for version in (version for version in spec["versions"] if version["served"]):
            served = _custom(definition, version, f"{spec['group']}/{stored}")
            served.changed = definition["metadata"].get("generation", 1) > 1
            resource = served.resource
            self._served[resource.group, resource.version, resource.plural] = served

    def _uninstall(self, definition: Object) -> None:
        spec = definition["spec"]
        for version in spec["versions"]:
            self._served.pop((spec["group"], version["name"], spec["names"]["plural"]), None)

    def route(self, path: str) -> Route:
        """The resource, namespace, name and subresource of a path. Raises NotFound."""
        parts = path.split("/")[1:]
        if parts[-1] == "" and len(parts) > 1:
            parts.pop()
        if parts[0] == "api" and len(parts) > 2:
            return self._resolve("", parts[1], parts[2:])
        if parts[0] == "apis" and len(parts) > 3:
            return self._resolve(parts[1], parts[2], parts[3:])
        raise NotFound(NO_RESOURCE, details={})

    def _resolve(self, group: str, version: str, rest: list[str]) -> Route:
        if rest[0] == "watch" and len(rest) > 1:
            return replace(self._resolve(group, version, rest[1:]), watches=True)
        namespace = ""
        if rest[0] == "namespaces" and len(rest) > 2 and (group, version, rest[2]) in self._served:
            namespace, rest = rest[1], rest[2:]
        served = self._served.get((group, version, rest[0]))
        if served is None or len(rest) > 3 or bool(namespace) > served.resource.namespaced:
            raise NotFound(NO_RESOURCE, details={})
        name, subresource = (*rest[1:], "", "")[:2]
        if name and served.resource.namespaced > bool(namespace):
            raise NotFound(NO_RESOURCE, details={})
        if subresource and subresource not in served.subresources:
            raise _no_subresource(served, name)
        return Route(served, namespace, name, subresource)


def _no_subresource(served: Served, name: str) -> NotFound:
    """A custom resource answers for all paths below it."""
    if not served.custom:
        return NotFound(NO_RESOURCE, details={})
    resource = served.resource
    told = {"name": name, "group": resource.group, "kind": resource.plural}
    return NotFound(f'{resource.qualified} "{name}" not found', details=told)


@cache
def _built_in() -> Mapping[tuple[str, str, str], Served]:
    entries = json.loads(Path(schemas.__file__).with_name("resources.json").read_bytes())
    found: dict[tuple[str, str, str], Served] = {}
    for key, entry in entries.items():
        group_version, _, name = key.partition(" ")
        group, _, version = group_version.rpartition("/")
        plural, _, subresource = name.partition("/")
        if subresource:
            found[group, version, plural].subresources[subresource] = entry
            continue
        resource = Resource(group, version, plural, entry["kind"], namespaced=entry["namespaced"])
        found[group, version, plural] = Served(resource, entry, table.of(resource.qualified))
    return found


def _custom(definition: Object, version: Mapping[str, Any], stored: str) -> Served:
    spec, names = definition["spec"], definition["status"]["acceptedNames"]
    namespaced = spec["scope"] == "Namespaced"
    resource = Resource(spec["group"], version["name"], names["plural"], names["kind"], namespaced=namespaced)
    entry = {
        "name": names["plural"],
        "singularName": names["singular"],
        "namespaced": namespaced,
        "kind": names["kind"],
        "verbs": ALL_VERBS,
        **({"shortNames": names["shortNames"]} if names.get("shortNames") else {}),
        **({"categories": names["categories"]} if names.get("categories") else {}),
    }
    subresources: dict[str, Mapping[str, Any]] = {}
    for name in version.get("subresources") or {}:
        of_scale = {"group": "autoscaling", "version": "v1", "kind": "Scale"} if name == "scale" else {}
        subresources[name] = {
            "name": f"{names['plural']}/{name}",
            "singularName": "",
            "namespaced": namespaced,
            "kind": names["kind"],
            "verbs": SUBRESOURCE_VERBS,
            **of_scale,
        }
    rules = CustomRules(version, resource if conditions.holds(definition, conditions.TERMINATING) else None)
    versions = {f"{spec['group']}/{item['name']}": item for item in spec["versions"]}
    return Served(resource, entry, rules, subresources, version, stored, _successor(spec, version["name"]), versions)


def _successor(spec: Mapping[str, Any], version: str) -> str:
    """The newest version that is there to stay, and newer than a version; ``""`` for none."""
    stays = (item["name"] for item in spec["versions"] if item["served"] and not item.get("deprecated"))
    newer = sorted((name for name in stays if newest(name) < newest(version)), key=newest)
    return f"{spec['group']}/{newer[0]} {spec['names']['kind']}" if newer else ""
