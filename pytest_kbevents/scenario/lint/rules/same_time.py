"""Claims that no time tells apart."""

from __future__ import annotations

from pytest_kbevents.api.names import LEGACY_ROLE_REASON, ROLE_PROBE
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.operations.event import Event

_SAID_ELSEWHERE = {"eventTime", "message", "reason"}


@rule("same-time", "warning")
def same_time(case: Case) -> Found:
    """Two Pods claim one exclusive role with the same absolute `eventTime`: which claim is newer, nobody can say."""
    exclusive = {role.name.lower() for role in case.workload.roles if role.exclusive}
    first: dict[tuple[str, str], Event] = {}
    for turn, event in case.turns_of(Event):
        role, time = (event.output or event.role).lower(), event.event_time or "+"
        if (
            event.template not in (ROLE_PROBE, LEGACY_ROLE_REASON)
            or event.code
            or _SAID_ELSEWHERE & event.fields.keys()
        ):
            continue
        if turn.varies or time.startswith(("+", "-")) or role not in exclusive:
            continue
        other = first.setdefault((role, time), event)
        if other.pod != event.pod:
            problem = f"{event.pod} claims {role} at the very time at which {other.pod} does"
            yield turn.at("eventTime"), f"{problem}: which of them is newer, nobody can say; move one"
