"""The table of what the catalog catches is kept: docs/reference/mutations.md."""

import re
from pathlib import Path

import pytest

from mutations import ELSEWHERE, NAMES, SCENARIOS, by_mutation, caught_by, row

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "mutations.md"
ROWS = PAGE.read_text(encoding="utf-8").splitlines()
REMEDY = "python tests/mutations.py > docs/reference/mutations.md"
CAUGHT = {
    found[1]: found[2].split(", ")
    for line in ROWS[ROWS.index("## By scenario") :]
    if (found := re.fullmatch(r"\| (\S+) \| \S+ \| (.*) \|", line)) and found[1] in SCENARIOS
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_catches_what_the_table_says(name):
    assert row(name, caught_by(name)) in ROWS, REMEDY


def test_the_table_by_mutation_follows_from_that_by_scenario():
    assert [line for line in by_mutation(CAUGHT) if line not in ROWS] == [], REMEDY


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_catches_something(name):
    assert CAUGHT[name] != [""]


def test_no_two_scenarios_of_bugs_catch_the_same_for_the_same_reason():
    seen = {}
    for name, caught in CAUGHT.items():
        said = SCENARIOS[name].releases
        if "bug" in SCENARIOS[name].labels:
            seen.setdefault((*caught, *said.breaks, *said.fails_on), []).append(name)
    assert [names for names in seen.values() if len(names) > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_caught_by_a_scenario_or_else_by_a_test_that_is_named(name):
    caught = any(name in names for names in CAUGHT.values())
    assert caught != (name in ELSEWHERE)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_no_scenario_shows_is_shown_by_a_test(name):
    assert (Path(__file__).parents[2] / ELSEWHERE[name].partition(":")[0]).is_file()
