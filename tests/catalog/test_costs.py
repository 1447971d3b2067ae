"""What the repairs of ``fixed`` cost stands in docs/explanation/open-problems.md as it is."""

import re
from pathlib import Path

from costs import table
from pytest_kbevents.scenario import catalog
from pytest_kbevents.scenario.releasesmodel import BEHAVIOURS

PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "open-problems.md").read_text(encoding="utf-8")
PROBLEMS = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| O-")]
SCENARIOS = catalog.scenarios([catalog.shipped()], Path.cwd())


def test_the_table_is_what_is_measured():
    between = PAGE.partition("<!-- costs -->")[2].partition("<!-- end of costs -->")[0]
    assert between.strip().splitlines() == table(), "python tests/costs.py"


def test_every_problem_is_there():
    assert [row[0].removeprefix("| ") for row in PROBLEMS] == [f"O-{number:02}" for number in range(1, 34)]


def test_repairs_and_scenarios_are_ones():
    for row in PROBLEMS:
        assert set(re.findall(r"`(\w+)`", row[3])) <= BEHAVIOURS.keys()
        assert set(re.findall(r"`([\w-]+)`", row[5])) <= SCENARIOS.keys()


def test_a_repair_that_a_row_names_is_of_that_problem():
    for row in PROBLEMS:
        problem = row[0].removeprefix("| ")
        assert all(problem in BEHAVIOURS[name].entries for name in re.findall(r"`(\w+)`", row[3])), row
