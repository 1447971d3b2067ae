"""From a file's text to its scenarios: parsed, included, expanded, and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path as FilePath
from typing import Any

from pytest_kbevents.cluster.backend import DEFINITIONS
from pytest_kbevents.errors import Position, ScenarioError
from pytest_kbevents.sandbox.effort import rendering
from pytest_kbevents.scenario.check import checked
from pytest_kbevents.scenario.functions import Unknown, planned, watching
from pytest_kbevents.scenario.includes import shelf
from pytest_kbevents.scenario.judgements.invariants import LASTING
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.operations.bind import Bind
from pytest_kbevents.scenario.operations.registry import VERBS
from pytest_kbevents.scenario.operations.run import Run
from pytest_kbevents.scenario.operations.scale import Scale
from pytest_kbevents.scenario.plan import Plan
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.schema import ScenarioModel
from pytest_kbevents.scenario.steps import Place, Step, steps
from pytest_kbevents.scenario.template import Scope
from pytest_kbevents.scenario.yamlfile import Document, Path, parse

MOST_REPLICAS = 100
MOST_EFFORT = 10_000_000
"""Characters and items that the templates of a file handle while it is read."""
MOST_STEPS = 20_000
"""Of all cases of a file."""
LONGEST_NAME = 200
"""Bytes of a scenario's name, that of its case included: files are called by it, too."""

_BY_MATRIX: tuple[Path, ...] = (("spec", "cluster"), ("spec", "description"), ("metadata", "labels"))
"""What is rendered with the matrix alone, before it is checked."""


def read_all(text: str, file: str, folder: FilePath | None = None) -> tuple[Scenario, ...]:
    """The scenarios of a file: one, or one for each combination of its matrix. Every step is rendered and checked once,
    with made-up values for what only a run can know. ``folder`` is where what it includes is found; here, if None.

    Raises:
        ScenarioError: something in it cannot be used.
    """
    document = parse(text, file)
    cases = list(_cases(document.data))
    with rendering(MOST_EFFORT, "the templates of this file do"):
        found = tuple(_bounded((_read(document, folder or FilePath.cwd(), case) for case in cases), document))
    _check_names([scenario.name for scenario in found], document)
    return found


def read(text: str, file: str, folder: FilePath | None = None) -> Scenario:
    """The one scenario of a file. Raises ScenarioError, also when its matrix makes several."""
    found = read_all(text, file, folder)
    if len(found) > 1:
        at = found[0].document.key_position(("spec", "matrix"))
        raise ScenarioError(at, f"this makes {len(found)} scenarios where one is wanted: take one by its name")
    return found[0]


def _cases(data: Any) -> Iterator[Mapping[str, Any]]:
    """The combinations; what is no matrix is found wrong by the schema."""
    spec = data.get("spec") if isinstance(data, dict) else None
    matrix = spec.get("matrix") if isinstance(spec, dict) else None
    lists = matrix if isinstance(matrix, dict) and all(isinstance(each, list) for each in matrix.values()) else {}
    size = 1
    for values in lists.values():
        size *= len(values)
    if not lists or not 0 < size <= 256:
        yield {}
        return
    for values in product(*lists.values()):
        yield dict(zip(lists, values, strict=True))


def _bounded(cases: Iterable[Scenario], document: Document) -> Iterator[Scenario]:
    """Raises ScenarioError where they become too many."""
    count = 0
    for scenario in cases:
        count += sum(1 for step in scenario.steps for _ in step.walk())
        if count > MOST_STEPS:
            at = document.key_position(("spec", "matrix"))
            raise ScenarioError(at, f"the scenarios of this file have more than {MOST_STEPS} steps together")
        yield scenario


def _read(document: Document, folder: FilePath, case: Mapping[str, Any]) -> Scenario:
    model = checked(ScenarioModel, _with_matrix(document, case), document, ())
    spec = model.spec
    found = shelf(spec, document, folder)
    place = Place(document, found.groups)
    course = steps(spec.steps, place, ("spec", "steps"))
    workload = replace(spec.cluster.workload(), most=MOST_REPLICAS)
    lasting = [
        Step(rule.verb, data, document, ("spec", rule.verb, index))
        for rule in LASTING
        for index, data in enumerate(getattr(spec, rule.verb))
    ]
    scenario = Scenario(
        _named(model.metadata.name, case),
        model.metadata.labels,
        spec.description.strip(),
        document,
        Plan(workload, found.templates),
        case,
        spec.values,
        spec.releases,
        tuple(lasting),
        course,
        needs={need: document.position(("spec", "needs", index)) for index, need in enumerate(spec.needs)},
    )
    most = _most(course, scenario.bind(planned(workload)))
    return _checked(replace(scenario, plan=replace(scenario.plan, workload=replace(workload, most=most))))


def _checked(scenario: Scenario) -> Scenario:
    """Every step tried with made-up values; what the run needs is noted. Raises ScenarioError."""
    scope = scenario.bind(planned(scenario.workload))
    command: Position | None = None
    needs = dict(scenario.needs)
    if scenario.workload.available is not None:
        needs.setdefault(DEFINITIONS, scenario.document.key_position(("spec", "cluster", "available")))
    for step, inner in (*((step, scope) for step in scenario.lasting), *scoped(scenario.steps, scope)):
        operation = _tried(step, inner, scenario.plan)
        runs = _may_run(step) if operation is None else operation.runs_commands
        if runs and command is None:
            command = step.position
        for need in VERBS[step.verb].needs if operation is None else operation.wants:
            needs.setdefault(need, step.position)
    return replace(scenario, command=command, needs=needs)


def _tried(step: Step, scope: Scope, plan: Plan) -> Operation | None:
    """The operation, checked; None when that depends on what only the run knows. Raises ScenarioError."""
    with watching(scope) as touched:
        try:
            operation = step.read(scope)
            operation.check(plan, step.document, step.path)
        except ScenarioError:
            if touched():
                return None
            raise
    return operation


def _may_run(step: Step) -> bool:
    """Whether a step that cannot be checked may run a real command: keys are never made by templates."""
    return step.verb == Run.verb or _has_key(step.data, "command")


def _has_key(data: Any, key: str) -> bool:
    if isinstance(data, dict):
        return key in data or any(_has_key(item, key) for item in data.values())
    return isinstance(data, list) and any(_has_key(item, key) for item in data)


def scoped(course: tuple[Step, ...], scope: Scope) -> Iterator[tuple[Step, Scope]]:
    """Each step, whatever it is in, with the names that it will know."""
    for step in course:
        yield step, scope
        name = _bound(step)
        if name in scope.builtin:
            raise ScenarioError(step.position, f"{name!r} is what templates know anyway: choose another name")
        if name:
            scope = scope.with_value(name, Unknown(name))
        for branch in step.branches:
            yield from scoped(branch, step.inner(scope))


def _bound(step: Step) -> str:
    """The name that a step gives to something, as it stands there."""
    key = {Bind.verb: "name", Run.verb: "bind"}.get(step.verb)
    name = step.data.get(key, "") if key and isinstance(step.data, dict) else ""
    return name if isinstance(name, str) else ""


def _with_matrix(document: Document, case: Mapping[str, Any]) -> Any:
    data = document.data
    if not case:
        return data
    scope = Scope({"matrix": dict(case)})
    for first, second in _BY_MATRIX:
        part = data.get(first)
        if isinstance(part, dict) and second in part:
            rendered = scope.render(part[second], document, (first, second))
            data = {**data, first: {**part, second: rendered}}
    return data


def _named(name: str, case: Mapping[str, Any]) -> str:
    words = [f"{key}={value.get('name', '?') if isinstance(value, dict) else value}" for key, value in case.items()]
    return f"{name}@{','.join(words)}" if words else name


def _check_names(names: list[str], document: Document) -> None:
    """A case is called by its name, on a command line and in a folder of reports. Raises ScenarioError."""
    at = document.key_position(("spec", "matrix"))
    remedy = "write the value as a mapping with a `name`"
    for name in names:
        if len(name.encode()) > LONGEST_NAME or not name.isprintable() or "/" in name:
            raise ScenarioError(at, f"matrix makes a name that nobody can write, {name[:LONGEST_NAME]!r}: {remedy}")
    double = next((name for name in names if names.count(name) > 1), None)
    if double is not None:
        raise ScenarioError(at, f"matrix makes two scenarios of the name {double!r}: {remedy}, or leave one out")


def _most(course: tuple[Step, ...], scope: Scope) -> int:
    """How many replicas the steps scale to at most. Raises ScenarioError."""
    scales = (step.read(inner) for step, inner in scoped(course, scope) if step.verb == Scale.verb)
    return max((operation.to for operation in scales if isinstance(operation, Scale)), default=0)
