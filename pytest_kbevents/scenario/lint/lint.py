"""All rules over scenarios that have been read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.problem import Problem
from pytest_kbevents.scenario.lint.registry import RULES
from pytest_kbevents.scenario.lint.rule import Rule
from pytest_kbevents.scenario.lint.unused import problems_of_unused_groups
from pytest_kbevents.scenario.scenario import Scenario


def lint(scenarios: tuple[Scenario, ...]) -> list[Problem]:
    """What is wrong with them, by place. What several cases of one file share is told once."""
    files: dict[int, list[Scenario]] = {}
    for scenario in scenarios:
        files.setdefault(id(scenario.document), []).append(scenario)
    return [problem for cases in files.values() for problem in _of_file(cases)]


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """By place, each once."""
    return sorted(dict.fromkeys(problems), key=lambda each: (each.position.file, *_place(each), each.rule))


def of_rule(rule: Rule, cases: Sequence[Case]) -> list[Problem]:
    """What one rule finds in the cases of a file: at each place, what the first case has that has something there."""
    found = [rule.problems(case) for case in cases]
    places = [{each.position for each in problems} for problems in found]
    common = set.intersection(*places) if rule.in_every_case else set.union(*places)
    told: list[Problem] = []
    for problems in found:
        seen = {each.position for each in told}
        told += [each for each in problems if each.position in common - seen]
    return told


def _of_file(scenarios: list[Scenario]) -> list[Problem]:
    cases = [Case(scenario) for scenario in scenarios]
    found = [problem for rule in RULES.values() for problem in of_rule(rule, cases)]
    return ordered([*found, *problems_of_unused_groups(cases[0])])


def _place(problem: Problem) -> tuple[int, int]:
    return problem.position.line, problem.position.column
