"""What the README shows is what happens."""

import re
from pathlib import Path

import pytest

from pytest_kbevents.scenario.loader import read  # here: what pytester loads, the C half of PyYAML too, it forgets

README = (Path(__file__).parents[2] / "README.md").read_text()


def block(name):
    return re.search(rf"<!-- {name} -->\n```\w+\n(.*?)```", README, re.DOTALL)[1]


@pytest.mark.parametrize("name", ["main job", "tests"])
def test_a_command_is_one_line_from_nothing(name):
    assert re.fullmatch(r"python3 -m venv \.venv && \.venv/bin/pip install -q .* && \.venv/bin/pytest.*\n", block(name))


def test_the_picture_of_a_failure_is_the_failure(pytester, monkeypatch):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    command = ["-p", "pytest_kbevents.plugin", "--kb-scenario", "failover", "--kb-release", "1.0.0"]
    shown = [
        line
        for line in block("failure").splitlines()
        if "..." not in line and not line.startswith(("  at ", "  said at "))
    ]
    printed = pytester.runpytest_inprocess(*command).outlines
    assert [line for line in shown if line not in printed] == []


def test_the_scenario_of_the_readme_is_one():
    text = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)[1]
    assert read(text, "README.md").name == "failover"


def test_what_the_readme_says_of_agents_is_understood():
    part = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)[1]
    head = "apiVersion: kbevents/v1\nkind: Scenario\nmetadata: {name: agents}\nspec:\n  description: agents\n"
    assert read(head + part, "README.md").workload.most == 5


def test_every_verb_is_named():
    from pytest_kbevents.scenario.operations.registry import VERBS

    assert [verb for verb in VERBS if f"`{verb}`" not in README] == []
