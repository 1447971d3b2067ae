"""The groups of a scenario that nothing uses, which the loader does not look into."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.check import checked
from pytest_kbevents.scenario.functions import planned
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.groups import GROUPS
from pytest_kbevents.scenario.lint.problem import Problem
from pytest_kbevents.scenario.lint.structure import course_of, known_in, wrong
from pytest_kbevents.scenario.schema import GroupModel
from pytest_kbevents.scenario.steps import Group


def problems_of_unused_groups(case: Case) -> list[Problem]:
    """What in them cannot be read."""
    used = {step.group.name for step in case.steps() if step.group is not None and step.group.document is case.document}
    names = planned(case.workload)
    found: list[Problem] = []
    for name, group in (_shelf(case) or {}).items():
        if group.document is not case.document or name in used:
            continue
        try:
            errors = list(wrong(course_of(group), known_in(group, names), case.scenario.plan, is_made_up=False))
        except ScenarioError as error:
            errors = [error]
        found += map(Problem.of, errors)
    return found


def _shelf(case: Case) -> Mapping[str, Group] | None:
    """All groups that the scenario can use; None when the included ones are not to be had from here."""
    for step in case.steps():
        if step.group is not None and step.group.document is case.document:
            return step.group.shelf
    if case.spec.get("include"):
        return None
    shelf: dict[str, Group] = {}
    for name, data in (case.spec.get("groups") or {}).items():
        path = (*GROUPS, name)
        shelf[name] = Group(name, checked(GroupModel, data, case.document, path), case.document, path, shelf)
    return shelf
