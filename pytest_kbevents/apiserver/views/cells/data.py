"""ConfigMaps, Secrets and quotas."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.views.cells import ages
from pytest_kbevents.apiserver.views.cells.texts import name, part


def config_map(obj: Object, now: int) -> list[Any]:
    """Name, Data, Age."""
    return [name(obj), len(part(obj, "data")) + len(part(obj, "binaryData")), ages.created(obj, now)]


def secret(obj: Object, now: int) -> list[Any]:
    """Name, Type, Data, Age."""
    return [name(obj), obj.get("type", ""), len(part(obj, "data")), ages.created(obj, now)]


def quota(obj: Object, now: int) -> list[Any]:
    """Name, Request, Limit, Age."""
    hard, used = part(obj, "status", "hard"), part(obj, "status", "used")
    told = {resource: f"{resource}: {used.get(resource, '0')}/{hard[resource]}" for resource in sorted(hard)}
    requests = ", ".join(text for resource, text in told.items() if not resource.startswith("limits."))
    limits = ", ".join(text for resource, text in told.items() if resource.startswith("limits."))
    return [name(obj), requests, limits, ages.created(obj, now)]
