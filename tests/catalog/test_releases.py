"""Each shipped scenario on each release that it speaks of, and each behaviour that releases differ in."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from mutations import table_of
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.releases import RELEASES
from pytest_kbevents.scenario import catalog, runner
from pytest_kbevents.scenario.schema import BEHAVIOURS

SCENARIOS = catalog.scenarios([catalog.shipped()], Path.cwd())
CELLS = [
    pytest.param(scenario, release, says, id=f"{name}-{release}-{says}")
    for name, scenario in SCENARIOS.items()
    for release in RELEASES
    if (says := scenario.says_of(release)) is not None
]
SEEDS = (1, 2)
"""The track record is of seed 0."""


def perform(scenario, release, seed=0):
    return runner.run(scenario, make("embedded"), Cast("reference", release, seed))


@pytest.mark.parametrize(("scenario", "release", "says"), CELLS)
def test_a_scenario_passes_and_fails_where_it_says_and_why(scenario, release, says):
    runs = [perform(scenario, release, seed) for seed in SEEDS]
    assert [run.contradiction for run in runs] == [""] * len(runs)
    assert {run.passed for run in runs} == {says == "passes"}


def test_whatever_fails_somewhere_says_by_which_judgement():
    assert [
        name
        for name, each in SCENARIOS.items()
        if each.releases and each.releases.fails_on and not each.releases.breaks
    ] == []


PROVEN = {name: [s for s in SCENARIOS.values() if s.releases and name in s.releases.behaviours] for name in BEHAVIOURS}


FLIPS = [
    pytest.param(scenario, name, id=f"{scenario.name}-{name}")
    for name, scenarios in PROVEN.items()
    for scenario in scenarios
    if scenario.releases.fails_on and len(scenario.releases.behaviours) == 1
]


@pytest.mark.parametrize(("scenario", "name"), FLIPS)
def test_the_behaviour_alone_makes_the_difference(scenario, name, monkeypatch):
    """A good release fails with nothing but this behaviour of a bad one, or a bad one passes with a good one's."""
    table = table_of(name)
    original, values = dict(table), BEHAVIOURS[name].values

    def passes(release, value):
        monkeypatch.setitem(table, release, replace(original[release], **{name: value}))
        return perform(scenario, release).passed

    pairs = list(product(scenario.releases.passes_on[::-1], scenario.releases.fails_on[::-1]))
    different = [(good, bad) for good, bad in pairs if values[good] != values[bad]]
    assert any(not passes(good, values[bad]) or passes(bad, values[good]) for good, bad in different)
