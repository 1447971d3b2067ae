"""A scenario that has been read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from pytest_kbevents.environment.workload import Workload
from pytest_kbevents.errors import Position, ScenarioError
from pytest_kbevents.scenario.check import checked, unknown
from pytest_kbevents.scenario.functions import planned
from pytest_kbevents.scenario.operations.operation import Operation
from pytest_kbevents.scenario.operations.registry import VERBS
from pytest_kbevents.scenario.schema import NeverModel, ReleasesModel, ScenarioModel
from pytest_kbevents.scenario.template import Scope
from pytest_kbevents.scenario.yamlfile import Document, Path, parse
from pytest_kbevents.settings import LEVELS

_VALUES: Path = ("spec", "values")


@dataclass(frozen=True, slots=True)
class Step:
    """One operation, not yet rendered: what it says may depend on the run."""

    verb: str
    data: Any
    document: Document
    path: Path

    @property
    def position(self) -> Position:
        """Where its verb stands."""
        return self.document.key_position(self.path)

    def read(self, scope: Scope) -> Operation:
        """Render and check. Raises ScenarioError."""
        return VERBS[self.verb].read(scope.render(self.data, self.document, self.path), self.document, self.path)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One file, checked as far as it can be without running."""

    name: str
    labels: Mapping[str, str]
    description: str
    document: Document
    workload: Workload
    values: Mapping[str, Any]
    releases: ReleasesModel | None
    never: tuple[NeverModel, ...]
    steps: tuple[Step, ...]
    command: Position | None = None
    """The first step that makes this machine run a real command."""

    @property
    def level(self) -> str:
        """How much conformance depends on it; MUST when not said."""
        return self.labels.get("level", LEVELS[0])

    def says_of(self, release: str) -> Literal["passes", "fails"] | None:
        """What must come of it on a release; None when the scenario says nothing about that one."""
        if self.releases is None or release in self.releases.passes_on:
            return "passes"
        return "fails" if release in self.releases.fails_on else None

    def bind(self, scope: Scope) -> Scope:
        """The scope with the scenario's values, each rendered with those before it."""
        for name, value in self.values.items():
            scope = scope.with_value(name, scope.render(value, self.document, (*_VALUES, name)))
        return scope


def read(text: str, file: str) -> Scenario:
    """Read a scenario; every step is rendered and checked once, with made-up values for what only a run can know.

    Raises:
        ScenarioError: something in it cannot be used.
    """
    document = parse(text, file)
    model = checked(ScenarioModel, document.data, document, ())
    scenario = Scenario(
        model.metadata.name,
        model.metadata.labels,
        model.spec.description.strip(),
        document,
        replace(model.spec.cluster.workload(), most=_most(model.spec.steps)),
        model.spec.values,
        model.spec.releases,
        tuple(model.spec.never),
        tuple(_step(step, document, ("spec", "steps", index)) for index, step in enumerate(model.spec.steps)),
    )
    if scenario.level not in LEVELS:
        raise ScenarioError(
            document.position(("metadata", "labels", "level")), unknown("level", scenario.level, LEVELS)
        )
    scope = scenario.bind(planned(scenario.workload))
    operations = [(step, step.read(scope)) for step in scenario.steps]
    for step, operation in operations:
        operation.check(scenario.workload, document, step.path)
    command = next((step.position for step, operation in operations if operation.runs_commands), None)
    return replace(scenario, command=command)


def _most(steps: list[dict[str, Any]]) -> int:
    """How many replicas the steps scale to at most; what is no number is found wrong later."""
    values = [step.get("scale") for step in steps]
    numbers = [value.get("to") if isinstance(value, dict) else value for value in values]
    return max((number for number in numbers if type(number) is int), default=0)


def _step(data: dict[str, Any], document: Document, path: Path) -> Step:
    for key in data:
        if key not in VERBS:
            raise ScenarioError(document.key_position((*path, key)), unknown("verb", key, VERBS))
    if len(data) != 1:
        raise ScenarioError(document.position(path), f"a step has one verb, this one has {len(data)}")
    (verb, value), *_ = data.items()
    return Step(verb, value, document, (*path, verb))
