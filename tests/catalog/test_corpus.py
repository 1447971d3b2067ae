"""The corpus: every entry of the list of bugs is shown by a scenario, or it is said why by none."""

import re
from pathlib import Path

import pytest

from pytest_kbevents.releases import RELEASES
from pytest_kbevents.scenario import catalog

SCENARIOS = catalog.scenarios([catalog.shipped()], Path.cwd())
PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "regressions.md").read_text(encoding="utf-8")
FIXED = [
    *(f"KB-R{number:02}" for number in range(1, 33)),
    *(f"KB-A{number:02}" for number in range(1, 7)),
    *(f"KB-T{number:02}" for number in range(1, 7)),
    *(f"KB-K{number:02}" for number in range(1, 11)),
]
OPEN = [f"O-{number:02}" for number in range(1, 34)]
SHOWN = {bug for scenario in SCENARIOS.values() for bug in scenario.labels.get("bug", "").split()}
UNSHOWN = set(re.findall(r"^\| (\S+) \| [^|]+ \|$", PAGE.partition("## What no scenario shows")[2], re.MULTILINE))
LABELLED = [name for name, scenario in SCENARIOS.items() if "bug" in scenario.labels]


@pytest.mark.parametrize("bug", [*FIXED, *OPEN])
def test_a_bug_has_a_scenario_or_a_reason_why_not(bug):
    assert (bug in SHOWN) != (bug in UNSHOWN)


def test_most_bugs_have_one():
    assert len(SHOWN & set(FIXED)) >= 46
    assert len(SHOWN & set(OPEN)) >= 24


def test_no_scenario_is_about_a_bug_that_is_not_in_the_list():
    assert {*FIXED, *OPEN} >= SHOWN


@pytest.mark.parametrize("name", LABELLED)
def test_a_scenario_of_a_bug_says_where_it_was_and_what_breaks(name):
    scenario = SCENARIOS[name]
    said = scenario.releases
    assert {"area", "level", "first_bad", "first_good"} <= scenario.labels.keys()
    assert said.passes_on
    assert said.fails_on
    assert said.breaks
    assert len(scenario.document.text.splitlines()) < 60


@pytest.mark.parametrize("name", [name for name in LABELLED if SCENARIOS[name].labels["bug"].startswith("O-")])
def test_what_is_still_open_is_repaired_in_fixed_alone(name):
    said = SCENARIOS[name].releases
    assert "fixed" in said.passes_on
    assert said.fails_on[-1] == "main" or "main" in said.fails_on
    assert SCENARIOS[name].labels["first_good"] == "fixed"


def test_every_release_is_spoken_of():
    spoken = {release for each in SCENARIOS.values() if each.releases for release in each.releases.fails_on}
    assert spoken == {*RELEASES} - {"fixed"}
