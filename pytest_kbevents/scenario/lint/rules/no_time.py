"""Waits that allow no time."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.scenario.judgements.before import Before
from pytest_kbevents.scenario.judgements.expect import Expect
from pytest_kbevents.scenario.judgements.stays import Stays
from pytest_kbevents.scenario.judgements.unchanged import Unchanged
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.operations.run import Run
from pytest_kbevents.scenario.operations.wait import Wait


@rule("no-time", "error", needs_cluster=False)
def no_time(case: Case) -> Found:
    """`within: 0s` or `for: 0s`: nothing can happen in it, and nothing be seen."""
    for turn in case.turns:
        for key, length in _lengths(turn.operation):
            if length == 0:
                yield turn.at(key), f"{key}: 0s leaves no time for anything: give it some"


def _lengths(operation: Any) -> list[tuple[str, int]]:
    if isinstance(operation, (Expect, Before, Run)):
        return [("within", operation.within)]
    if isinstance(operation, (Stays, Unchanged, Wait)):
        return [("for", operation.duration)]
    return []
