"""Orders that cannot be."""

from __future__ import annotations

from pytest_kbevents.scenario.judgements.before import Before
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.rule import Found, rule


@rule("same-sides", "error", needs_cluster=False)
def same_sides(case: Case) -> Found:
    """A `before` whose two sides say the same: nothing comes before itself."""
    for turn, before in case.turns_of(Before):
        if before.first == before.then:
            yield turn.at("then"), f"first and then both say: {before.then.sentence()}; say what comes after it"
