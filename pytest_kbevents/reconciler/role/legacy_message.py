"""What the 1.0 line reads out of a role Event: lorry's messages, kubelet's text around them, kbagent's, snapshots."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.api import gojson, times
from pytest_kbevents.api.names import LEGACY_FIELD_PATHS, LEGACY_ROLE_REASON
from pytest_kbevents.api.objects import Object
from pytest_kbevents.reconciler import probe_message
from pytest_kbevents.reconciler.agent_event import involved
from pytest_kbevents.reconciler.releases import Behaviours
from pytest_kbevents.reconciler.role.claim import event_micros, is_kbagent_role_event, trimmed

_WRAPPED = re.compile(r"Readiness probe failed: .*({.*})")
_EFFECTIVE = ("Success", "roleChanged")
_MESSAGE: gojson.Shape = {"event": gojson.text, "role": gojson.text}
_PAIR: gojson.Shape = {"podName": gojson.text, "roleName": gojson.text, "podUid": gojson.text}
_SNAPSHOT: gojson.Shape = {"term": gojson.text, "PodRoleNamePairs": gojson.array(gojson.struct(_PAIR))}


@dataclass(frozen=True, slots=True)
class PodRole:
    """One Pod's role in a snapshot; ``version`` is text and compared as text."""

    pod: str
    uid: str
    role: str
    version: str


def is_role_event(event: Object, behaviours: Behaviours) -> bool:
    """Lorry's checkRole from one of its own containers, or kbagent's roleProbe from any, where that is known. Where
    either is enough, all that lorry's containers say, and whatever calls itself checkRole.
    """
    if behaviours.role_messages != "lorry" and is_kbagent_role_event(event):
        return True
    signs = event.get("reason") == LEGACY_ROLE_REASON, involved(event).get("fieldPath") in LEGACY_FIELD_PATHS
    return any(signs) if behaviours.either_makes_a_role_event else all(signs)


def roles(event: Object, behaviours: Behaviours) -> list[PodRole]:
    """One leader's view of all Pods, or the one Pod the Event is about; empty when the probe did not succeed.

    Raises:
        ValueError: the message cannot be read.
    """
    role = _role(event)
    if role is None:
        return []
    try:
        snapshot = gojson.decode(role, _SNAPSHOT)
    except ValueError:
        about = involved(event)
        return [PodRole(about.get("name", ""), about.get("uid", ""), role, _version(event, behaviours))]
    return [_pod_role(pair, snapshot.get("term", "")) for pair in snapshot.get("PodRoleNamePairs", [])]


def _version(event: Object, behaviours: Behaviours) -> str:
    match behaviours.role_versions:
        case "eventTime":
            return str(event_micros(event))
        case "lastTimestamp":
            return str(times.parse_optional(event.get("lastTimestamp")))
        case "text" | "none":
            return _shortest(event.get("eventTime") or "")


def _shortest(moment: str) -> str:
    """As Go's RFC3339Nano: without zeros at the end of the fraction."""
    seconds, point, fraction = moment.removesuffix("Z").partition(".")
    digits = fraction.rstrip("0")
    return f"{seconds}{point if digits else ''}{digits}Z"


def _role(event: Object) -> str | None:
    message = event.get("message") or ""
    if is_kbagent_role_event(event):
        probe = probe_message.decode(message)
        return trimmed(probe.output.decode("utf-8", "replace")).lower() if probe.code == 0 else None
    wrapped = _WRAPPED.search(message)
    fields = gojson.decode(wrapped[1] if wrapped else message, _MESSAGE)
    return fields.get("role", "").lower() if fields.get("event") in _EFFECTIVE else None


def _pod_role(pair: dict[str, Any], term: str) -> PodRole:
    return PodRole(pair.get("podName", ""), pair.get("podUid", ""), pair.get("roleName", ""), term)
