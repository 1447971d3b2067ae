"""One resource in one version, as the server knows it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import EVENTS, Resource
from pytest_kbevents.apiserver.kinds import event
from pytest_kbevents.apiserver.kinds.rules import Fresh, Rules
from pytest_kbevents.apiserver.schemas import builtin
from pytest_kbevents.apiserver.schemas.pruning import Pruner
from pytest_kbevents.apiserver.schemas.schema import Schema

_NEW_EVENTS = "events.k8s.io"


@dataclass(eq=False)
class Served:
    """A resource with its discovery entry, rules and type. ``version`` is a custom one's part of its definition."""

    resource: Resource
    entry: Mapping[str, Any]
    """Its APIResource (Kubernetes: discovery)."""
    rules: Rules
    subresources: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """Their APIResources by name."""
    version: Mapping[str, Any] | None = None
    storage_version: str = ""
    """The apiVersion that its objects are stored with."""
    successor: str = ""
    """The version and kind to use instead of a deprecated one."""
    versions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """All versions of a definition by their apiVersion: an object is read as what it was stored as."""
    changed: bool = False
    """The definition is another than when its first object was stored."""

    @property
    def custom(self) -> bool:
        """Defined by a CustomResourceDefinition."""
        return self.version is not None

    @cached_property
    def deprecation(self) -> str:
        """What its users are warned of; ``""`` for nothing."""
        version = self.version or {}
        if not version.get("deprecated"):
            return ""
        newer = f"; use {self.successor}" if self.successor else ""
        told = f"{self.resource.api_version} {self.resource.kind} is deprecated{newer}"
        return version.get("deprecationWarning") or told

    @property
    def verbs(self) -> frozenset[str]:
        """What can be done with it."""
        return frozenset(self.entry["verbs"])

    @cached_property
    def told(self) -> Resource:
        """What errors about its objects name: Events of both APIs are of one kind."""
        return EVENTS if self.resource.group == _NEW_EVENTS else self.resource

    @cached_property
    def shelf(self) -> str:
        """Where its objects are stored: Events of both APIs in one place."""
        return "events" if self.resource.group == _NEW_EVENTS else self.resource.qualified

    @cached_property
    def schema(self) -> Schema:
        """The type of its objects in this version."""
        if self.version is not None:
            from pytest_kbevents.apiserver.schemas import structural

            return structural.of_version(self.version, self.resource.kind)
        return builtin.of_kind(self.resource.group, self.resource.version, self.resource.kind)

    @cached_property
    def _defaults(self) -> bool:
        return '"default":' in json.dumps(list(self.versions.values()))

    @cached_property
    def _core_event(self) -> bool:
        return self.resource.group == _NEW_EVENTS

    def stored(self, obj: Fresh) -> Fresh:
        """An object of this version as it is stored."""
        if self._core_event:
            return event.to_core(obj)
        if self.custom and obj["apiVersion"] != self.storage_version:
            return {**obj, "apiVersion": self.storage_version}
        return obj

    def read(self, obj: Object) -> Object:
        """A stored object as its definition has it now: without fields that are gone, with defaults that are new."""
        if not self.custom or not (self._defaults or self.changed):
            return obj
        schema = self._schemas.get(obj["apiVersion"])
        return obj if schema is None else Pruner().value(obj, schema)

    def shown(self, obj: Object) -> Object:
        """A stored object as this version shows it: the very object where both are the same."""
        if self._core_event:
            return event.from_core(obj)
        other = obj.get("apiVersion") != self.resource.api_version
        if not self.custom:
            return {**obj, "apiVersion": self.resource.api_version} if other else obj
        if not other:
            return self.read(obj)
        stored = self._schemas.get(obj["apiVersion"])
        found = {**(obj if stored is None else Pruner().value(obj, stored)), "apiVersion": self.resource.api_version}
        return Pruner(fills=False).value(found, self.schema)  # type: ignore[no-any-return]

    @cached_property
    def _schemas(self) -> Mapping[str, Schema]:
        from pytest_kbevents.apiserver.schemas import structural

        return {name: structural.of_version(version, self.resource.kind) for name, version in self.versions.items()}
