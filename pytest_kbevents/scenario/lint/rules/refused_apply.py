"""Objects that the API server would refuse."""

from __future__ import annotations

from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.objects import untouched
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.operations.apply import Apply


@rule("refused-apply", "error")
def refused_apply(case: Case) -> Found:
    """An `apply` that the API server refuses, of an object that no step before it has changed. It is tried on the
    embedded API server.
    """
    for turn in untouched(case):
        apply = turn.operation
        if not isinstance(apply, Apply) or apply.kind == EVENTS.kind:  # agents may have told the same Event before
            continue
        if why := case.rehearsal.refusal(apply):
            yield turn.step.position, f"this {apply.kind} would be refused: {why}; change the manifest"
