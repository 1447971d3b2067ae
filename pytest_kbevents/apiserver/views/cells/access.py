"""Who may do what."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.views.cells import ages
from pytest_kbevents.apiserver.views.cells.texts import name, part


def binding(obj: Object, now: int) -> list[Any]:
    """Name, Role, Age, Users, Groups, ServiceAccounts."""
    role = part(obj, "roleRef")
    subjects = obj.get("subjects") or ()
    users = ", ".join(item["name"] for item in subjects if item["kind"] == "User")
    groups = ", ".join(item["name"] for item in subjects if item["kind"] == "Group")
    accounts = [item for item in subjects if item["kind"] == "ServiceAccount"]
    of_accounts = ", ".join(f"{item.get('namespace', '')}/{item['name']}" for item in accounts)
    told = f"{role.get('kind', '')}/{role.get('name', '')}"
    return [name(obj), told, ages.created(obj, now), users, groups, of_accounts]


def service_account(obj: Object, now: int) -> list[Any]:
    """Name, Age."""
    return [name(obj), ages.created(obj, now)]
