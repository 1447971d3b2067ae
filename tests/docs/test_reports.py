"""Ten bug reports, written as scenarios by somebody who had read the tutorial alone, and three by the how-to."""

from pathlib import Path

import pytest

from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.releases import RELEASES
from pytest_kbevents.scenario import catalog, runner
from pytest_kbevents.scenario.lint import lint

FOLDER = Path(__file__).parent / "reports"
REPORTS = catalog.scenarios([FOLDER], FOLDER)
CELLS = [
    (name, release)
    for name, scenario in REPORTS.items()
    for release in RELEASES
    if release in (*scenario.releases.passes_on, *scenario.releases.fails_on)
]


def test_each_is_of_another_report():
    assert len(REPORTS) == len({scenario.labels["bug"] for scenario in REPORTS.values()}) == 13


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_short(name):
    assert REPORTS[name].document.text.count("\n") < 40


@pytest.mark.parametrize("name", REPORTS)
def test_lint_finds_nothing(name):
    assert lint((REPORTS[name],)) == []


@pytest.mark.parametrize(("name", "release"), CELLS)
def test_it_fails_before_the_fix_and_passes_after_it(name, release):
    scenario = REPORTS[name]
    verdicts = [runner.run(scenario, make("embedded"), Cast("reference", release, seed)) for seed in range(5)]
    assert {verdict.passed for verdict in verdicts} == {scenario.says_of(release) == "passes"}
    assert not any(verdict.finding and verdict.finding.vacuous for verdict in verdicts)
