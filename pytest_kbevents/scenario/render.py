"""What a scenario becomes: groups and includes resolved, its case of the matrix chosen, templates rendered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.schema import API_VERSION
from pytest_kbevents.scenario.steps import Step
from pytest_kbevents.scenario.template import Scope

DataOf = Callable[[Step, Scope], Any]
"""What a step is given where these names are known."""


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
    spec |= {"description": scenario.description, "cluster": scenario.cluster, **values, **lasting}
    spec["steps"] = _course(scenario.steps, scope, data_of)
    metadata = {"name": scenario.file_name, "labels": dict(scenario.labels)}
    return {"apiVersion": API_VERSION, "kind": "Scenario", "metadata": metadata, "spec": spec}


_RESOLVED = {"include", "groups", "matrix", "steps"}


def _course(course: tuple[Step, ...], scope: Scope, data_of: DataOf) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for step in course:
        if step.group is not None:
            found += _course(step.branches[0], step.inner(scope), data_of)
        elif step.branches:
            found.append({step.verb: [_course(branch, scope, data_of) for branch in step.branches]})
        else:
            found.append({step.verb: data_of(step, scope)})
    return found
