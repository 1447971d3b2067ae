"""Which steps have been taken, and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.pending import Pending
from pytest_kbevents.scenario.steps import Step
from pytest_kbevents.scenario.template import Scope
from pytest_kbevents.scenario.verdict import Outcome, Told


@dataclass(slots=True)
class Entry:
    """One step that was begun."""

    step: Step
    data: Any
    """What it was given, rendered."""
    judges: bool
    begun: int
    ended: int | None = None
    outcome: Outcome = "not finished"
    pending: Pending | None = None
    """What it waits for, until it has ended."""

    def told(self) -> Told:
        """As a verdict has it."""
        step = self.step
        return Told(step.verb, self.data, step.position, self.judges, self.outcome, self.begun, self.ended)


class StepLog:
    """In the order in which they were begun; ``heard`` is told of each one that begins."""

    def __init__(self, micros: Callable[[], int], heard: Callable[[Step], None]) -> None:
        self._micros = micros
        self._heard = heard
        self.entries: list[Entry] = []

    def begin(self, step: Step, data: Any, *, judges: bool) -> Entry:
        """A step's turn has come."""
        entry = Entry(step, data, judges, self._micros())
        self.entries.append(entry)
        self._heard(step)
        return entry

    def end(self, entry: Entry, outcome: Outcome) -> None:
        """It is through."""
        entry.ended, entry.outcome, entry.pending = self._micros(), outcome, None

    def told(self, course: tuple[Step, ...], scope: Scope) -> tuple[Told, ...]:
        """All of them, and those of ``course`` whose turn never came."""
        begun = {id(entry.step) for entry in self.entries}
        rest = (step for top in course for step in top.walk() if not step.branches and id(step) not in begun)
        return (
            *(entry.told() for entry in self.entries),
            *(Told(each.verb, tried(each, scope), each.position, False, "not reached", None, None) for each in rest),
        )

    def data_of(self, step: Step, scope: Scope) -> Any:
        """What a step was given; what it would be given, as far as that is known, if its turn never came."""
        found = [entry.data for entry in self.entries if entry.step is step]
        return found[0] if found else tried(step, scope)


def tried(step: Step, scope: Scope) -> Any:
    """What a step is given, rendered if that can be done."""
    try:
        return step.render(scope)
    except ScenarioError:
        return step.data
