"""Which resources are served; custom ones come and go at run time."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.api.http import DELETED
from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import BUILT_IN, Resource
from pytest_kbevents.apiserver.store import Commit
from pytest_kbevents.errors import NotFound


@dataclass(frozen=True, slots=True)
class Route:
    """What a path names."""

    resource: Resource
    namespace: str = ""
    name: str = ""
    subresource: str = ""


class Registry:
    """Resources by group, version and plural."""

    def __init__(self) -> None:
        self._served = {(item.group, item.version, item.plural): item for item in BUILT_IN}
        self.custom: set[str] = set()
        """Qualified names of the custom ones."""

    def resources(self) -> list[Resource]:
        """Everything served, in the order it was added."""
        return list(self._served.values())

    def follow(self, commit: Commit) -> None:
        """Serve what CustomResourceDefinitions say, as they are committed: a listener of the store."""
        if commit.previous is not None:
            self._uninstall(commit.previous)
        if commit.type != DELETED:
            self._install(commit.object)

    def _install(self, definition: Object) -> None:
        """Serve what a CustomResourceDefinition defines."""
        spec, names = definition["spec"], definition["spec"]["names"]
        for version in (version for version in spec["versions"] if version.get("served", True)):
            resource = Resource(
                spec["group"],
                version["name"],
                names["plural"],
                names["kind"],
                namespaced=spec["scope"] == "Namespaced",
                has_status="status" in (version.get("subresources") or {}),
                short_names=tuple(names.get("shortNames") or ()),
                categories=tuple(names.get("categories") or ()),
            )
            self._served[resource.group, resource.version, resource.plural] = resource
            self.custom.add(resource.qualified)

    def _uninstall(self, definition: Object) -> None:
        """Serve it no longer."""
        spec = definition["spec"]
        for version in spec["versions"]:
            self._served.pop((spec["group"], version["name"], spec["names"]["plural"]), None)
        self.custom.discard(f"{spec['names']['plural']}.{spec['group']}")

    def route(self, path: str) -> Route:
        """The resource, namespace, name and subresource of a path. Raises NotFound."""
        parts = path.strip("/").split("/")
        if parts[0] == "api" and len(parts) > 2:
            group, version, rest = "", parts[1], parts[2:]
        elif parts[0] == "apis" and len(parts) > 3:
            group, version, rest = parts[1], parts[2], parts[3:]
        else:
            raise NotFound("the server could not find the requested resource")
        return self._resolve(group, version, rest)

    def _resolve(self, group: str, version: str, rest: list[str]) -> Route:
        namespace = ""
        if rest[0] == "namespaces" and len(rest) > 2 and (group, version, rest[2]) in self._served:
            namespace, rest = rest[1], rest[2:]
        resource = self._served.get((group, version, rest[0]))
        name, subresource = (*rest[1:], "", "")[:2]
        known = resource is not None and len(rest) <= 3 and bool(namespace) <= resource.namespaced
        if resource is None or not known or (subresource and not (subresource == "status" and resource.has_status)):
            raise NotFound("the server could not find the requested resource")
        return Route(resource, namespace, name, subresource)
