"""Files of kind Steps by themselves."""

from __future__ import annotations

from pathlib import Path as FilePath

from pytest_kbevents.environment.workload import Workload
from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.check import checked
from pytest_kbevents.scenario.functions import planned
from pytest_kbevents.scenario.includes import Shelf, shelf
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.lint import of_rule, ordered
from pytest_kbevents.scenario.lint.problem import Problem
from pytest_kbevents.scenario.lint.registry import RULES
from pytest_kbevents.scenario.lint.structure import course_of, known_in, wrong
from pytest_kbevents.scenario.loader import MOST_REPLICAS
from pytest_kbevents.scenario.plan import Plan
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.schema import StepsModel
from pytest_kbevents.scenario.steps import Group, Step
from pytest_kbevents.scenario.yamlfile import Document

_ANY = Workload("c1", "any", MOST_REPLICAS)
"""Nobody knows yet for which component the steps will be used."""


def lint_library(document: Document, folder: FilePath) -> list[Problem]:
    """What is wrong with each of its groups, whoever uses it. Raises ScenarioError for a file that cannot be read."""
    model = checked(StepsModel, document.data, document, ())
    found = shelf(model.spec, document, folder)
    own = [group for group in found.groups.values() if group.document is document]
    return ordered(problem for group in own for problem in _of_group(group, found))


def _of_group(group: Group, found: Shelf) -> list[Problem]:
    plan = Plan(_ANY, found.templates)
    names = planned(_ANY)
    known = known_in(group, names)
    try:
        course = course_of(group)
        errors = list(wrong(course, known, plan, is_made_up=True))
    except ScenarioError as error:
        return [Problem.of(error)]
    if errors:
        return list(map(Problem.of, errors))
    case = Case(_alone(group, course, plan), known)
    return [each for rule in RULES.values() if not rule.needs_cluster for each in of_rule(rule, [case])]


def _alone(group: Group, course: tuple[Step, ...], plan: Plan) -> Scenario:
    """The group's steps as if they were a scenario."""
    return Scenario(group.name, {}, group.model.description, group.document, plan, {}, {}, None, (), course)
