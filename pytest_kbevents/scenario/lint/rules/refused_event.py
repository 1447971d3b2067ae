"""Events that the API server would refuse."""

from __future__ import annotations

from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.operations.event import Event


@rule("refused-event", "error")
def refused_event(case: Case) -> Found:
    """An `event` that the API server refuses. It is made as in a run, and tried on the embedded API server."""
    for turn, event in case.turns_of(Event):
        if why := case.rehearsal.refusal(event):
            yield turn.step.position, f"this Event would be refused: {why}; change what the step says of it"
