"""Steps in the order in which their turns come, groups resolved, as far as is known what they are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_kbevents.errors import Position, ScenarioError
from pytest_kbevents.scenario.lint.names import DICE, VARYING, names_in
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.operations.bind import Bind
from pytest_kbevents.scenario.operations.registry import VERBS
from pytest_kbevents.scenario.operations.run import Run
from pytest_kbevents.scenario.steps import Step
from pytest_kbevents.scenario.template import Scope

BINDS: Mapping[str, str] = {Bind.verb: "name", Run.verb: "bind"}
"""The key under which a verb says what it gives a name to."""


@dataclass(frozen=True, slots=True)
class Known:
    """What templates know at a place; ``loose`` are the names whose values only the run will know."""

    scope: Scope
    loose: frozenset[str] = DICE

    def depends(self, data: Any) -> bool:
        """Whether it needs a run to know what it renders to."""
        return bool(names_in(data) & self.loose)

    def with_loose(self, names: set[str]) -> Known:
        """With more names of which nothing is known."""
        return Known(self.scope, self.loose | names)

    def inside(self, step: Step) -> Known:
        """What the group of a ``use`` knows. Raises ScenarioError."""
        assert step.group is not None, "only a use has something inside that knows other names"
        given = (step.data.get("with") or {}) if isinstance(step.data, dict) else {}
        loose = {name for name, value in given.items() if self.depends(value)}
        sure = {name: value for name, value in given.items() if name not in loose}
        values = self.scope.render(sure, step.document, (*step.path, "with"))
        return Known(self.scope.bare().with_values(step.group.defaults() | values), (self.loose & DICE) | loose)


@dataclass(frozen=True, slots=True)
class Turn:
    """One step. ``operation`` is what it does; None when that depends on the run."""

    step: Step
    operation: Operation | None
    aside: bool = False
    """It is in a branch of a ``parallel``: what is done before and after it is not known."""

    @property
    def verb(self) -> str:
        """The step's."""
        return self.step.verb

    @property
    def judges(self) -> bool:
        """Whether it asserts something, and changes nothing."""
        return VERBS[self.verb].judges

    @property
    def varies(self) -> bool:
        """Whether it is given something that depends on when its turn comes."""
        return bool(names_in(self.step.data) & VARYING)

    def at(self, *keys: str | int) -> Position:
        """The place of a value that it is given, or of the nearest thing around it."""
        return self.step.document.position((*self.step.path, *keys))


@dataclass(slots=True)
class Walk:
    """Goes through a course; what has been bound on the way is known to nobody before the run."""

    bound: set[str] = field(default_factory=set)

    def turns(self, course: tuple[Step, ...], known: Known, *, aside: bool = False) -> Iterator[Turn]:
        """Each step that is not a ``use``; a ``parallel``, and then those in it."""
        for step in course:
            if step.group is not None:
                yield from self.turns(step.branches[0], known.with_loose(self.bound).inside(step), aside=aside)
            elif step.branches:
                yield Turn(step, None, aside)
                for branch in step.branches:
                    yield from self.turns(branch, known, aside=True)
            else:
                yield self.turn(step, known, aside=aside)

    def turn(self, step: Step, known: Known, *, aside: bool = False) -> Turn:
        """One step by itself."""
        operation = _operation(step, known.with_loose(self.bound))
        if name := bound_by(step):
            self.bound.add(name)
        return Turn(step, operation, aside)


def bound_by(step: Step) -> str:
    """The name that it gives to something; ``""`` for none."""
    key = BINDS.get(step.verb)
    name = step.data.get(key, "") if key and isinstance(step.data, dict) else ""
    return name if isinstance(name, str) else ""


def _operation(step: Step, known: Known) -> Operation | None:
    if known.depends(step.data):
        return None
    try:
        return step.read(known.scope)
    except ScenarioError:  # the loader has told it, or it depends on what was made up
        return None
