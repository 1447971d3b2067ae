"""Which steps have been taken, and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.pending import Pending
from pytest_kbevents.scenario.steps import Step
from pytest_kbevents.scenario.template import Scope
from pytest_kbevents.scenario.verdict import Outcome, Told


@dataclass(slots=True)
class Entry:
    """One step that was begun."""

    step: Step
    text: str
    judges: bool
    begun: int
    ended: int | None = None
    outcome: Outcome = "failed"
    pending: Pending | None = None
    """What it waits for, until it has ended."""

    def told(self) -> Told:
        """As a verdict has it."""
        step = self.step
        return Told(step.verb, self.text, step.position, self.judges, self.outcome, self.begun, self.ended)


class StepLog:
    """In the order in which they were begun; ``heard`` is told of each one that begins."""

    def __init__(self, micros: Callable[[], int], heard: Callable[[Step], None]) -> None:
        self._micros = micros
        self._heard = heard
        self.entries: list[Entry] = []

    def begin(self, step: Step, scope: Scope, *, judges: bool) -> Entry:
        """A step's turn has come."""
        entry = Entry(step, text_of(step, scope), judges, self._micros())
        self.entries.append(entry)
        self._heard(step)
        return entry

    def end(self, entry: Entry, outcome: Outcome) -> None:
        """It is through."""
        entry.ended, entry.outcome, entry.pending = self._micros(), outcome, None

    def told(self, steps: tuple[Step, ...], scope: Scope) -> tuple[Told, ...]:
        """All of them, and those of ``steps`` whose turn never came."""
        begun = {(entry.step.position, entry.step.verb) for entry in self.entries}
        rest = (step for top in steps for step in top.walk() if not step.branches)
        return (
            *(entry.told() for entry in self.entries),
            *(
                Told(step.verb, text_of(step, scope), step.position, False, "not reached", None, None)
                for step in rest
                if (step.position, step.verb) not in begun
            ),
        )


def text_of(step: Step, scope: Scope) -> str:
    """A step in one line, rendered as far as it can be."""
    try:
        data: Any = scope.render(step.data, step.document, step.path)
    except ScenarioError:
        data = step.data
    text = yaml.safe_dump({step.verb: data}, default_flow_style=True, width=10**6, allow_unicode=True, sort_keys=False)
    return text.strip().removeprefix("{").removesuffix("}")
