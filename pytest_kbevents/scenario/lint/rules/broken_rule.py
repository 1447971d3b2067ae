"""Expectations that break a rule of the same scenario."""

from __future__ import annotations

from pytest_kbevents.scenario.judgements.before import Before
from pytest_kbevents.scenario.judgements.expect import Expect
from pytest_kbevents.scenario.judgements.invariants import Always, Lasting
from pytest_kbevents.scenario.judgements.stays import Stays
from pytest_kbevents.scenario.lint.asked import asked
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.claims import clash, covers
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.lint.turn import Turn
from pytest_kbevents.scenario.subjects.subject import Subject


@rule("broken-rule", "error", needs_cluster=False)
def broken_rule(case: Case) -> Found:
    """Something is to become so that an earlier `never` forbids, or an earlier `always` excludes, without patience."""
    rules = [each for each in case.lasting if _is_strict(each)]
    for turn in case.line:
        if _is_strict(turn):
            rules.append(turn)
        if not isinstance(turn.operation, (Expect, Stays, Before)) or turn.varies:
            continue
        for found in asked(turn):
            for each in rules:
                if _breaks(found.subject, each):
                    problem = f"{found.subject.sentence()}: the {each.verb} at {each.step.position} is broken then"
                    yield found.at(found.subject.key), f"{problem}: drop one of the two, or give it longer_than"


def _is_strict(turn: Turn) -> bool:
    return isinstance(turn.operation, Lasting) and not turn.operation.longer_than and not turn.varies


def _breaks(subject: Subject, rule: Turn) -> bool:
    lasting = rule.operation
    assert isinstance(lasting, Lasting), "it was asked"
    return clash(lasting.subject, subject) if isinstance(lasting, Always) else covers(subject, lasting.subject)
