"""The core/v1 Event of an outcome (the facts: event-pipeline.md section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.names import AGENT, AGENT_FIELD_PATH
from pytest_kbevents.api.objects import Object


@dataclass(frozen=True, slots=True)
class Identity:
    """The Pod an agent lives in; an agent takes it on trust and never reads its Pod."""

    namespace: str
    pod: str
    uid: str
    node: str


def name_of_outcome(identity: Identity, reason: str, message: str) -> str:
    """``<pod>.<hash>``: the same outcome of the same Pod is the same Event."""
    return f"{identity.pod}.{fnv32a(f'{identity.uid}.{reason}.{message}'.encode()):x}"


class Kbagent:
    """How kbagent writes: the same outcome again is the same Event with a higher count."""

    def __init__(self, *, moves_event_time: bool = True) -> None:
        self._moved = "eventTime" if moves_event_time else "lastTimestamp"
        self._time = times.micro_time if moves_event_time else times.time

    def name(self, identity: Identity, reason: str, message: str, micros: int) -> str:
        """As ``name_of_outcome``, whenever it is."""
        del micros
        return name_of_outcome(identity, reason, message)

    def first(self, identity: Identity, reason: str, message: str, micros: int) -> dict[str, Any]:
        """The Event when the outcome is seen for the first time."""
        return first(identity, reason, message, micros)

    def repeated(self, event: Object, micros: int) -> dict[str, Any]:
        """The same Event once more: its count and one of its times move, nothing else."""
        return {**event, "count": (event.get("count") or 0) + 1, self._moved: self._time(micros)}


def first(identity: Identity, reason: str, message: str, micros: int) -> dict[str, Any]:
    """An Event with count 1."""
    return {
        "apiVersion": "v1",
        "kind": "Event",
        "metadata": {"name": name_of_outcome(identity, reason, message), "namespace": identity.namespace},
        "involvedObject": {
            "kind": "Pod",
            "namespace": identity.namespace,
            "name": identity.pod,
            "uid": identity.uid,
            "fieldPath": AGENT_FIELD_PATH,
        },
        "reason": reason,
        "message": message,
        "source": {"component": AGENT, "host": identity.node},
        "firstTimestamp": times.time(micros),
        "lastTimestamp": times.time(micros),
        "eventTime": times.micro_time(micros),
        "type": "Normal",
        "count": 1,
        "action": reason,
        "reportingComponent": AGENT,
        "reportingInstance": identity.pod,
    }


def fnv32a(data: bytes) -> int:
    """32-bit FNV-1a (Fowler, Noll, Vo)."""
    value = 0x811C9DC5
    for byte in data:
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value
