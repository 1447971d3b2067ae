"""The conditions of a definition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_kbevents.api.objects import Object

ESTABLISHED, NAMES_ACCEPTED, TERMINATING = "Established", "NamesAccepted", "Terminating"


def find(definition: Object, kind: str) -> Mapping[str, Any] | None:
    """The condition of a type."""
    conditions = (definition.get("status") or {}).get("conditions") or ()
    return next((item for item in conditions if item["type"] == kind), None)


def holds(definition: Object, kind: str) -> bool:
    """Whether a condition is there, and true."""
    found = find(definition, kind)
    return found is not None and found["status"] == "True"


def put(definition: Object, condition: Mapping[str, str], now: str) -> Object:
    """The definition with a condition; its time changes with its status alone."""
    before = find(definition, condition["type"])
    since = before["lastTransitionTime"] if before and before["status"] == condition["status"] else now
    reason = {"reason": condition["reason"], "message": condition["message"]}
    made = {"type": condition["type"], "status": condition["status"], "lastTransitionTime": since, **reason}
    conditions = list(definition["status"].get("conditions") or ())
    kept = [made if item is before else item for item in conditions]
    return {**definition, "status": {**definition["status"], "conditions": kept if before else [*kept, made]}}


def condition(kind: str, status: str, reason: str, message: str) -> dict[str, str]:
    """A condition, its time left out."""
    return {"type": kind, "status": status, "reason": reason, "message": message}
