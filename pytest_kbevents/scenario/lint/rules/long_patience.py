"""Patience that nothing exhausts."""

from __future__ import annotations

from pytest_kbevents.clock import SECOND
from pytest_kbevents.scenario.judgements.invariants import Lasting
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.durations import longest
from pytest_kbevents.scenario.lint.rule import Found, rule


@rule("long-patience", "warning")
def long_patience(case: Case) -> Found:
    """A `longer_than` that is longer than all waits of the scenario together."""
    total = longest(case)
    for turn in (*case.lasting, *case.turns) if total is not None else ():
        patience = turn.operation.longer_than if isinstance(turn.operation, Lasting) else 0
        if total is not None and patience > total:
            problem = f"{patience / SECOND:g}s is longer than all waits of the scenario together, {total / SECOND:g}s"
            yield turn.at("longer_than"), f"{problem}: make it shorter, or wait longer"
