"""All rules together."""

from pathlib import Path

import pytest

import pytest_kbevents.scenario.lint.rules
from pytest_kbevents.scenario import catalog
from pytest_kbevents.scenario.lint import lint
from pytest_kbevents.scenario.lint.file import lint_file
from pytest_kbevents.scenario.lint.registry import RULES
from pytest_kbevents.scenario.loader import read_all

SHIPPED = sorted(catalog.shipped().rglob("*.yaml"))


@pytest.mark.parametrize("file", SHIPPED, ids=[file.stem for file in SHIPPED])
def test_nothing_is_wrong_with_a_shipped_scenario(file):
    assert lint_file(file.read_bytes(), file.name, file.parent) == []


def test_every_rule_that_there_is_is_registered():
    folder = Path(pytest_kbevents.scenario.lint.rules.__file__).parent
    assert {name.replace("-", "_") for name in RULES} == {file.stem for file in folder.glob("[!_]*.py")}


def test_every_rule_says_what_it_is():
    assert [each.name for each in RULES.values() if not each.says.endswith(".")] == []


def test_problems_come_in_the_order_of_the_file(problems):
    found = problems(
        "wait: 0s", "expect: {pod: other, role: null, within: 0s}", "wait: 0s", head="values: {a: 1, b: 2}"
    )
    assert [each.position.line for each in found] == [6, 6, 13, 14, 14, 15]
    assert [each.rule for each in found[:2]] == ["unused-value", "unused-value"]
    assert found == sorted(found, key=lambda each: (each.position.line, each.position.column))


def test_what_all_cases_of_a_matrix_share_is_told_once(problems):
    found = problems("wait: 0s", head="matrix: {r: [a, b, c]}\nvalues: {r: '{{ matrix.r }}'}")
    assert [each.rule for each in found] == ["unused-value", "no-time"]


def test_what_one_case_of_a_matrix_has_is_told(problems):
    found = problems("wait: '{{ matrix.t }}'", head="matrix: {t: [0s, 1s]}")
    assert [each.rule for each in found] == ["no-time"]


def test_a_group_that_is_used_twice_is_told_once(problems):
    found = problems("use: g", "use: g", head="groups: {g: {steps: [{wait: 0s}]}}")
    assert [each.rule for each in found] == ["no-time"]


def test_the_cases_of_several_files_are_looked_at_by_themselves():
    text = (
        "apiVersion: kbevents/v1\nkind: Scenario\nmetadata: {name: mine}\n"
        "spec: {description: d, cluster: {component: c, replicas: 1}, values: {a: 1s}, steps: [{wait: 1s}]}"
    )
    one, other = read_all(text, "one.yaml"), read_all(text, "other.yaml")
    assert [each.position.file for each in lint((*one, *other))] == ["one.yaml", "other.yaml"]


def test_a_text_that_is_never_rendered_may_be_anything(problems):
    deep = "{{ " + "not " * 2000 + "a }}"
    assert problems("wait: 1s", cluster=f"available: {{withRole: '{deep}'}}") == []


def test_no_scenario_has_no_problem():
    assert lint(()) == []


def test_a_problem_in_a_line(problems):
    (found,) = problems("wait: 0s")
    assert str(found) == "mine.yaml:12:11: error: for: 0s leaves no time for anything: give it some (no-time)"


def test_a_problem_in_an_included_file_is_told_there(problems, tmp_path):
    steps = "apiVersion: kbevents/v1\nkind: Steps\nmetadata: {name: lib}\nspec: {groups: {g: {steps: [{wait: 0s}]}}}"
    (tmp_path / "lib.yaml").write_text(steps)
    (found,) = problems("use: g", head="include: [lib.yaml]", folder=tmp_path)
    assert str(found.position) == "lib.yaml:4:36"
