"""Events of another day."""

from __future__ import annotations

from pytest_kbevents.api import times
from pytest_kbevents.clock import SECOND, SIMULATION_START, parse_duration
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.durations import longest
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.operations.event import Event

_FAR = 3600 * SECOND


@rule("far-future", "warning")
def far_future(case: Case) -> Found:
    """An `eventTime` more than an hour ahead: no clock is that wrong, and what is older than it is not heard."""
    total = longest(case)
    for turn, event in case.turns_of(Event):
        time = event.event_time
        if time is None or total is None:
            continue
        relative = time.startswith(("+", "-"))
        ahead = _ahead(time) if relative else times.parse(time) - SIMULATION_START - total
        if ahead > _FAR:
            yield (
                turn.at("eventTime"),
                f"{time} is more than an hour ahead: write an earlier time, or one from now (+5m)",
            )


def _ahead(offset: str) -> int:
    return parse_duration(offset[1:]) if offset.startswith("+") else 0
