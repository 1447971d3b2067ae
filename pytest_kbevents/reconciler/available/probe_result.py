"""What a Pod's availableProbe found, and when."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.api import times
from pytest_kbevents.api.messages import ProbeMessage
from pytest_kbevents.api.objects import Object
from pytest_kbevents.reconciler.agent_event import involved
from pytest_kbevents.reconciler.releases import Behaviours


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """``micros`` dates it, since the epoch; ``stderr`` is the agent's error text."""

    pod: str
    uid: str
    micros: int
    code: int
    stdout: bytes = b""
    stderr: bytes = b""


def result_of(event: Object, message: ProbeMessage, behaviours: Behaviours) -> ProbeResult:
    """What one Event says. A date that it lacks is Go's zero time."""
    about, micros = involved(event), times.parse_optional(event.get(behaviours.available_time))
    error = message.message.encode()
    return ProbeResult(about.get("name", ""), about.get("uid", ""), micros, message.code, message.output, error)
