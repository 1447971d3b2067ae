"""The condition Available of a Component, and the patch that writes it (rule 6)."""

from __future__ import annotations

import re
from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.names import AVAILABLE_CONDITION
from pytest_kbevents.api.objects import Object, conditions_of, revision_of
from pytest_kbevents.reconciler.available.judgement import Judgement
from pytest_kbevents.reconciler.available.window import CACHE_KEY
from pytest_kbevents.reconciler.outcome import Announcement
from pytest_kbevents.reconciler.releases import Behaviours

_MET = "the available conditions are met"
_TOLD = ("status", "reason", "message", "observedGeneration")
"""What makes a condition another one."""


def available_of(component: Object) -> Object | None:
    """The condition as it is; None when there is none."""
    return next((item for item in conditions_of(component) if item.get("type") == AVAILABLE_CONDITION), None)


def is_by_probes(component: Object, behaviours: Behaviours) -> bool:
    """Whether the condition is one that results of probes have made."""
    return (available_of(component) or {}).get("reason") in (AVAILABLE_CONDITION, behaviours.unavailable_reason)


def transition(
    component: Object, judgement: Judgement, description: str, now: int, behaviours: Behaviours
) -> dict[str, Any] | None:
    """The condition as it shall be from ``now`` on, in microseconds; None when that is how it is."""
    before = available_of(component) or {}
    after = {
        "type": AVAILABLE_CONDITION,
        "status": "True" if judgement.holds else "False",
        "reason": AVAILABLE_CONDITION if judgement.holds else behaviours.unavailable_reason,
        "message": (description or _MET) if judgement.holds else judgement.why,
        "observedGeneration": component["metadata"].get("generation", 0),
        "lastTransitionTime": times.time(now),
    }
    if before.get("status") == after["status"]:
        after["lastTransitionTime"] = before.get("lastTransitionTime")
    return None if all(before.get(key) == after[key] for key in _TOLD) else after


def patch(component: Object, condition: Object | None, window: str | None, behaviours: Behaviours) -> Object | None:
    """The merge patch of what changed: a list of conditions goes as a whole. None when nothing changed."""
    changed: dict[str, Any] = {}
    if condition is not None:
        conditions = _with(component, _stored(condition))
        changed |= {"conditions": conditions} if conditions != conditions_of(component) else {}
    if window is not None:
        changed["message"] = {CACHE_KEY: window}
    if not changed:
        return None
    guard = {"metadata": {"resourceVersion": revision_of(component)}} if behaviours.guards_status else {}
    return {**guard, "status": changed}


def announced(component: Object, condition: Object) -> Announcement:
    """What is recorded of a condition that changed."""
    stored = _stored(condition)
    return Announcement(component, "Normal", stored["reason"], stored["message"])


def _with(component: Object, condition: Object) -> list[Object]:
    conditions = list(conditions_of(component))
    if available_of(component) is None:
        return [*conditions, condition]
    return [condition if item.get("type") == AVAILABLE_CONDITION else item for item in conditions]


def _stored(condition: Object) -> Object:
    """As JSON carries it: half a character is lost."""
    return {**condition, "message": re.sub("[\udc80-\udcff]", "\ufffd", condition["message"])}
