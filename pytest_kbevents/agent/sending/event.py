"""The core/v1 Event of an outcome (the facts: event-pipeline.md section 1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

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
    return named(identity, f"{identity.uid}.{reason}.{message}")


def named(identity: Identity, text: str) -> str:
    """``<pod>.<hash of the text>``."""
    return f"{identity.pod}.{fnv32a(text.encode()):x}"


class Kbagent:
    """How kbagent writes: the same outcome again is the same Event with a higher count."""

    def __init__(self, names_by: Literal["chance", "Pod", "uid"] = "uid", *, moves_event_time: bool = True) -> None:
        """``names_by`` chance, nothing is the same Event; the moment is what stands in for it here."""
        self._names_by = names_by
        self._moved = "eventTime" if moves_event_time else "lastTimestamp"
        self._time = times.micro_time if moves_event_time else times.time

    def name(self, identity: Identity, reason: str, message: str, micros: int) -> str:
        """As ``name_of_outcome``, by what names are made of."""
        if self._names_by == "uid":
            return name_of_outcome(identity, reason, message)
        made_of = f"{identity.uid}.{micros}" if self._names_by == "chance" else identity.pod
        return named(identity, f"{made_of}.{reason}.{message}")

    def first(self, identity: Identity, reason: str, message: str, micros: int) -> dict[str, Any]:
        """The Event when the outcome is seen for the first time."""
        return first(identity, reason, message, micros)

    @property
    def repeated(self) -> Callable[[Object, int], dict[str, Any]] | None:
        """What makes the same Event once more; None where there is none."""
        return None if self._names_by == "chance" else self._again

    def _again(self, event: Object, micros: int) -> dict[str, Any]:
        """Its count and one of its times move, nothing else."""
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
