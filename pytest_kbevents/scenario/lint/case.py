"""One scenario as rules look at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

from pytest_kbevents.environment.workload import Workload
from pytest_kbevents.scenario.functions import planned
from pytest_kbevents.scenario.lint.rehearsal import Rehearsal
from pytest_kbevents.scenario.lint.turn import Known, Turn, Walk
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.operations.apply import Apply
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.steps import Step
from pytest_kbevents.scenario.yamlfile import Document

T = TypeVar("T", bound=Operation)


class Case:
    """One case of a file. ``turns`` are all steps, ``lasting`` what must never or always be so in the whole run."""

    def __init__(self, scenario: Scenario, known: Known | None = None) -> None:
        """``known`` is what its steps know; the scenario's values, if None."""
        self.scenario = scenario
        known = known or _known(scenario)
        walk = Walk()
        self.lasting = tuple(walk.turn(step, known) for step in scenario.lasting)
        self.turns = tuple(walk.turns(scenario.steps, known))

    @property
    def document(self) -> Document:
        """Its file."""
        return self.scenario.document

    @property
    def workload(self) -> Workload:
        """The component under test."""
        return self.scenario.workload

    @property
    def spec(self) -> Mapping[str, Any]:
        """The file's spec as it stands there."""
        found: Mapping[str, Any] = self.document.data["spec"]
        return found

    @property
    def line(self) -> Iterator[Turn]:
        """The turns whose order is known; a ``parallel`` stands for all that goes on in it."""
        return (turn for turn in self.turns if not turn.aside)

    @property
    def judging(self) -> Iterator[Turn]:
        """All that asserts something."""
        return (turn for turn in (*self.lasting, *self.turns) if turn.judges)

    def turns_of(self, kind: type[T]) -> Iterator[tuple[Turn, T]]:
        """The turns of one verb, where it is known what they do."""
        return ((turn, turn.operation) for turn in self.turns if isinstance(turn.operation, kind))

    def is_open(self, *kinds: type[Operation]) -> bool:
        """Whether one of these verbs is used, and only the run will know what for."""
        verbs = {kind.verb for kind in kinds}
        return any(turn.operation is None for turn in self.turns if turn.verb in verbs)

    def uses(self, *kinds: type[Operation]) -> bool:
        """Whether one of these verbs is used at all."""
        return bool({kind.verb for kind in kinds} & {turn.verb for turn in self.turns})

    @cached_property
    def made(self) -> set[tuple[str, str]]:
        """Kind and name of each object that an ``apply`` makes."""
        return {(operation.kind, operation.metadata.name) for _, operation in self.turns_of(Apply)}

    @cached_property
    def rehearsal(self) -> Rehearsal:
        """A cluster as the run begins with it."""
        return Rehearsal(self.scenario)

    def steps(self) -> Iterator[Step]:
        """Every step, those of the groups that are used among them."""
        return (step for top in self.scenario.steps for step in top.walk())

    def own_steps(self) -> Iterator[Step]:
        """Every step that knows the scenario's values: not those in groups."""
        return _outside_groups(self.scenario.steps)


def _outside_groups(course: tuple[Step, ...]) -> Iterator[Step]:
    for step in course:
        yield step
        if step.group is None:
            for branch in step.branches:
                yield from _outside_groups(branch)


def _known(scenario: Scenario) -> Known:
    """Values that come of the dice are loose, and so are those that come of them."""
    known = Known(scenario.bind(planned(scenario.workload)))
    for name, value in scenario.values.items():
        if known.depends(value):
            known = known.with_loose({name})
    return known
