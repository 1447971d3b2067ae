"""How long steps take at most."""

from __future__ import annotations

from pytest_kbevents.scenario.judgements.before import Before
from pytest_kbevents.scenario.judgements.counts import Counts
from pytest_kbevents.scenario.judgements.expect import Expect
from pytest_kbevents.scenario.judgements.stays import Stays
from pytest_kbevents.scenario.judgements.unchanged import Unchanged
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.operations.advance import Advance
from pytest_kbevents.scenario.operations.event import Event
from pytest_kbevents.scenario.operations.parallel import Parallel
from pytest_kbevents.scenario.operations.run import Run
from pytest_kbevents.scenario.operations.wait import Wait


def length(operation: Operation | None) -> int:
    """Of one step, in microseconds, at most."""
    if isinstance(operation, (Expect, Before, Run)):
        return operation.within
    if isinstance(operation, (Stays, Unchanged, Counts, Wait, Advance)):
        return operation.duration
    return (operation.repeat.times - 1) * operation.repeat.every if isinstance(operation, Event) else 0


def longest(case: Case) -> int | None:
    """Of all steps together; None when only the run will know."""
    if any(turn.operation is None and turn.verb != Parallel.verb for turn in case.turns):
        return None
    return sum(length(turn.operation) for turn in case.turns)
