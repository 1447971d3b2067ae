"""What judgements are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pytest_kbevents.errors import Position
from pytest_kbevents.scenario.judgements.before import Before
from pytest_kbevents.scenario.judgements.counts import Counts
from pytest_kbevents.scenario.judgements.judgement import Judgement
from pytest_kbevents.scenario.lint.turn import Turn
from pytest_kbevents.scenario.subjects.subject import Subject
from pytest_kbevents.scenario.tallies.transitions import Transitions


@dataclass(frozen=True, slots=True)
class Asked:
    """A subject, and the keys under which it stands in its step."""

    turn: Turn
    subject: Subject
    within: tuple[str, ...] = ()

    def at(self, *keys: str) -> Position:
        """The place of one of its values."""
        return self.turn.at(*self.within, *keys)


def asked(turn: Turn) -> Iterator[Asked]:
    """The subjects of a judgement, where they are known."""
    operation = turn.operation
    if isinstance(operation, Judgement):
        yield Asked(turn, operation.subject)
    elif isinstance(operation, Before):
        yield Asked(turn, operation.first, ("first",))
        yield Asked(turn, operation.then, ("then",))
    elif isinstance(operation, Counts) and isinstance(operation.tally, Transitions):
        yield Asked(turn, operation.tally.transitions, (Transitions.key,))
