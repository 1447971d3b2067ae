"""CustomResourceDefinitions."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.views.cells.texts import name, part

NEVER = "0001-01-01T00:00:00Z"
"""When something was created that was not."""


def definition(obj: Object, _: int) -> list[Any]:
    """Name, Scope, Versions, Created At, Group, Kind, ShortNames, Established."""
    spec = part(obj, "spec")
    names, served = part(spec, "names"), [item for item in spec.get("versions") or () if item["served"]]
    versions = ",".join(sorted(item["name"] + ("(storage)" if item["storage"] else "") for item in served))
    conditions = part(obj, "status").get("conditions") or ()
    established = any(item["type"] == "Established" and item["status"] == "True" for item in conditions)
    created = obj["metadata"].get("creationTimestamp", NEVER)
    told = [spec.get("group", ""), names.get("kind", ""), ",".join(names.get("shortNames") or ()), established]
    return [name(obj), spec.get("scope", ""), versions, created, *told]


def default(obj: Object, _: int) -> list[Any]:
    """Name, Created At: of a kind with no columns of its own."""
    return [name(obj), obj["metadata"].get("creationTimestamp", NEVER)]
