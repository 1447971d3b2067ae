"""CustomResourceDefinitions."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.views.cells.texts import name, part


def definition(obj: Object, _: int) -> list[Any]:
    """Name, Scope, Versions, Created At, Group, Kind, ShortNames, Established."""
    spec, names = part(obj, "spec"), part(obj, "status", "acceptedNames")
    versions = ",".join(_version(item) for item in spec.get("versions") or ())
    conditions = part(obj, "status").get("conditions") or ()
    established = any(item["type"] == "Established" and item["status"] == "True" for item in conditions)
    created = obj["metadata"].get("creationTimestamp")
    shorts = ",".join(names.get("shortNames") or ())
    told = [spec.get("group", ""), names.get("kind", ""), shorts, established]
    return [name(obj), spec.get("scope", ""), versions, created, *told]


def _version(version: Any) -> str:
    return f"{version['name']}(storage)" if version["storage"] else str(version["name"])
