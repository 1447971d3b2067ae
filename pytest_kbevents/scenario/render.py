"""What a scenario becomes: groups and includes resolved, its case of the matrix chosen, templates rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.eventtemplates import DataTemplate, TextTemplate, shipped
from pytest_kbevents.scenario.operations.event import Event
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.schema import API_VERSION
from pytest_kbevents.scenario.steps import Step
from pytest_kbevents.scenario.template import Scope

DataOf = Callable[[Step, Scope], Any]
"""What a step is given where these names are known."""
_RESOLVED = ("include", "groups", "matrix", "templates", "template_folders", "steps")


def rendered(scenario: Scenario, scope: Scope, data_of: DataOf) -> dict[str, Any]:
    """A scenario file that says the same and needs no other file; ``scope`` has the scenario's values."""
    given = scenario.document.data
    spec = {key: value for key, value in given["spec"].items() if key not in _RESOLVED}
    values = {"values": {name: scope.more[name] for name in scenario.values}} if scenario.values else {}
    lasting = {
        word: [data_of(step, scope) for step in scenario.lasting if step.verb == word]
        for word in ("never", "always")
        if word in spec
    }
    steps = _course(scenario.steps, scope, data_of)
    templates = _templates(scenario, steps)
    spec |= {"description": scenario.description, "cluster": scenario.cluster, **values, **lasting}
    spec |= {"templates": templates} if templates else {}
    metadata = {"name": scenario.file_name, "labels": dict(scenario.labels)}
    return {"apiVersion": API_VERSION, "kind": "Scenario", "metadata": metadata, "spec": {**spec, "steps": steps}}


def _course(course: tuple[Step, ...], scope: Scope, data_of: DataOf) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for step in course:
        if step.group is not None:
            found += _course(step.branches[0], _inner(step, scope), data_of)
        elif step.branches:
            found.append({step.verb: [_course(branch, scope, data_of) for branch in step.branches]})
        else:
            found.append({step.verb: data_of(step, scope)})
    return found


def _inner(step: Step, scope: Scope) -> Scope:
    """What a group knows; where that was never known (its turn did not come), what every template knows."""
    try:
        return step.inner(scope)
    except ScenarioError:
        return scope.bare()


def _templates(scenario: Scenario, steps: list[dict[str, Any]]) -> dict[str, Any]:
    """The scenario's own Event templates that the steps use, wherever they come from."""
    used = {str(data.get("template")) for data in _events(steps)}
    every = any("{{" in name for name in used)
    found: dict[str, Any] = {}
    for name, template in scenario.plan.templates.items():
        if (every or name in used) and shipped().get(name) is not template:
            assert isinstance(template, (TextTemplate, DataTemplate)), "there are no others"
            found[name] = template.text if isinstance(template, TextTemplate) else dict(template.data)
    return found


def _events(steps: Iterable[Any]) -> Iterable[dict[str, Any]]:
    for step in steps:
        if isinstance(step, list):
            yield from _events(step)
            continue
        for verb, data in step.items():
            if verb == Event.verb and isinstance(data, dict):
                yield data
            elif isinstance(data, list):
                yield from _events(data)
