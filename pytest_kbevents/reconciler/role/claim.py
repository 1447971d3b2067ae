"""A claim: this Pod has this role, as of that version."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pytest_kbevents.api import times
from pytest_kbevents.api.names import AGENT, ROLE_PROBE
from pytest_kbevents.api.objects import Object
from pytest_kbevents.reconciler.releases import Behaviours

_SPACE = "[\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
_WHITE_SPACE = re.compile(_SPACE)
_WHITE_SPACE_AROUND = re.compile(rf"\A{_SPACE}|{_SPACE}\Z")
_DIGITS = re.compile(r"[0-9]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Claim:
    """``epoch`` is the version that the database itself gave; without one, the Event's time decides."""

    role: str
    micros: int
    epoch: int | None = None


def is_kbagent_role_event(event: Object) -> bool:
    """Whether an Event is a roleProbe of kbagent: reporter and reason."""
    return event.get("reportingComponent") == AGENT and event.get("reason") == ROLE_PROBE


def parse(output: bytes, event: Object, behaviours: Behaviours) -> Claim | None:
    """``<role>`` or ``<role> <version>``, or nothing at all (no role); None when it is neither."""
    micros = _moved(event) if behaviours.claims_dated_by_last_timestamp else event_micros(event)
    match [token for token in _WHITE_SPACE.split(output.decode("utf-8", "replace")) if token]:
        case []:
            return Claim("", micros)
        case [role]:
            return Claim(role.lower(), micros)
        case [role, version] if (epoch := uint64(version)) is not None:
            return Claim(role.lower(), micros, epoch)
    return None


def event_micros(event: Object) -> int:
    """EventTime in microseconds; absent, it is Go's zero time, far before 1970."""
    return times.parse_optional(event.get("eventTime"))


def _moved(event: Object) -> int:
    """As ``event_micros``; but where it is lastTimestamp that moved since the first time, that one if later."""
    micros, last = event_micros(event), times.parse_optional(event.get("lastTimestamp"))
    has_moved = micros >= 0 and last > times.parse_optional(event.get("firstTimestamp"))
    return max(micros, last) if has_moved else micros


def uint64(text: str | None) -> int | None:
    """ASCII digits below 2^64; None for anything else."""
    if not text or not _DIGITS.fullmatch(text):
        return None
    digits = text.lstrip("0")
    if len(digits) > len(str(2**64)):
        return None
    value = int(digits or "0")
    return value if value < 2**64 else None


def trimmed(text: str) -> str:
    """Without the white space around it, as Go understands white space."""
    return _WHITE_SPACE_AROUND.sub("", text)
