"""Assertions that exclude each other."""

from __future__ import annotations

from pytest_kbevents.clock import SECOND
from pytest_kbevents.scenario.judgements.expect import Expect
from pytest_kbevents.scenario.judgements.invariants import Lasting
from pytest_kbevents.scenario.judgements.stays import Stays
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.claims import clash
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.lint.turn import Turn
from pytest_kbevents.scenario.operations.bind import Bind
from pytest_kbevents.scenario.operations.event import Event
from pytest_kbevents.scenario.operations.wait import Wait
from pytest_kbevents.scenario.subjects.pod import PodRole
from pytest_kbevents.scenario.subjects.service import ServiceRoutes

_SETTLED_AFTER = SECOND
"""What Events alone move has moved by then."""


@rule("contradiction", "error", needs_cluster=False)
def contradiction(case: Case) -> Found:
    """A judgement says of something what the one before it excludes, and nothing is done between them."""
    last: Turn | None = None
    only_events = True
    for turn in case.line:
        only_events = only_events and (turn.judges or _is_once(turn))
        if isinstance(turn.operation, (Lasting, Bind)):
            continue
        if not isinstance(turn.operation, (Expect, Stays)) or turn.varies:
            last = None
            continue
        if last is not None and _excludes(last, turn, only_events=only_events):
            first = last.operation
            assert isinstance(first, (Expect, Stays)), "nothing else is remembered"
            problem = f"{first.verb} before it, at {last.step.position}, says: {first.subject.sentence()}"
            yield (
                turn.at(turn.operation.subject.key),
                f"{problem}; nothing is done between them: do something, or drop one",
            )
        last = turn


def _excludes(one: Turn, other: Turn, *, only_events: bool) -> bool:
    """What must be so at once excludes what was so at last; what may become so, only where nothing moves any more."""
    first, then = one.operation, other.operation
    if not isinstance(first, (Expect, Stays)) or not isinstance(then, (Expect, Stays)):
        return False
    if not clash(first.subject, then.subject):
        return False
    if isinstance(then, Stays):
        return True
    moves = isinstance(first.subject, (PodRole, ServiceRoutes)) and only_events
    return moves and isinstance(first, Stays) and first.duration >= _SETTLED_AFTER


def _is_once(turn: Turn) -> bool:
    """Whether it moves nothing but what one Event does."""
    if isinstance(turn.operation, Event):
        return turn.operation.repeat.times == 1
    return isinstance(turn.operation, (Wait, Bind))
