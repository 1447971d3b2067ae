"""Whether steps can be read that nothing uses yet: with made-up values for what they will be given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.lint.names import texts, undeclared
from pytest_kbevents.scenario.lint.turn import Known, bound_by
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.operations.event import Event
from pytest_kbevents.scenario.plan import Plan
from pytest_kbevents.scenario.steps import Group, Place, Step, steps
from pytest_kbevents.scenario.template import Scope
from pytest_kbevents.scenario.yamlfile import Path

_MADE_UP = ("1s", "1", "True", "a")
"""Each is a text; a length of time, a number, a word of YAML, a name."""


def course_of(group: Group) -> tuple[Step, ...]:
    """The steps of a group by themselves. Raises ScenarioError."""
    place = Place(group.document, group.shelf, (group.name,))
    return steps(group.model.steps, place, (*group.path, "steps"))


def known_in(group: Group, names: Scope) -> Known:
    """What its steps know: defaults, and that there are other parameters."""
    defaults = group.defaults()
    return Known(names.bare().with_values(defaults)).with_loose(set(group.model.parameters) - set(defaults))


def wrong(course: tuple[Step, ...], known: Known, plan: Plan, *, is_made_up: bool) -> Iterator[ScenarioError]:
    """The first thing in each step that cannot be right, whatever it is given. ``is_made_up`` is of the plan: then
    nothing is said of Pods, probes and actions.
    """
    for step in course:
        try:
            if step.group is not None:
                _render(step.data, step, known, {})
            elif not step.branches:
                _try(step, known, plan, is_made_up=is_made_up)
        except ScenarioError as error:
            yield error
        if name := bound_by(step):
            known = known.with_loose({name})
        if step.group is None:
            for branch in step.branches:
                yield from wrong(branch, known, plan, is_made_up=is_made_up)


def _try(step: Step, known: Known, plan: Plan, *, is_made_up: bool) -> None:
    """Read it; where something made up does not fit, make up something else. Raises ScenarioError."""
    loose = [path for path, text in texts(step.data) if undeclared(text) & known.loose]
    places = {step.document.position((*step.path, *path)): path for path in loose}
    options = (plan.workload.pod(0), *_MADE_UP)
    chosen = dict.fromkeys(loose, 0)
    while True:
        data = _render(step.data, step, known, {path: options[index] for path, index in chosen.items()})
        try:
            _check(step.operation(data), step, plan, is_made_up=is_made_up)
        except ScenarioError as error:
            path = places.get(error.position)
            if path is None:
                raise
            chosen[path] += 1
            if chosen[path] == len(options):  # something else that nobody can make up
                return
        else:
            return


def _check(operation: Operation, step: Step, plan: Plan, *, is_made_up: bool) -> None:
    if not is_made_up:
        operation.check(plan, step.document, step.path)
    elif isinstance(operation, Event):
        operation.model_copy(update={"pod": plan.workload.pod(0)}).check(plan, step.document, step.path)


def _render(data: Any, step: Step, known: Known, made_up: dict[Path, str], path: Path = ()) -> Any:
    """Rendered, but for texts that depend on something: those are made up, once their names are known."""
    if isinstance(data, dict):
        return {key: _render(item, step, known, made_up, (*path, key)) for key, item in data.items()}
    if isinstance(data, list):
        return [_render(item, step, known, made_up, (*path, index)) for index, item in enumerate(data)]
    if isinstance(data, str) and undeclared(data) & known.loose:
        names = {*known.loose, *known.scope.builtin, *known.scope.more}
        for name in sorted(undeclared(data) - names):
            problem = f"{name!r} is undefined; defined here: {', '.join(sorted(names))}"
            raise ScenarioError(step.document.position((*step.path, *path)), problem)
        return made_up.get(path, "")
    return known.scope.render(data, step.document, (*step.path, *path))
