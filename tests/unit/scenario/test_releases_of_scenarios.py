"""``releases``: on which a scenario passes, on which it fails, and of which it says nothing."""

import pytest

from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.releases import RELEASES
from pytest_kbevents.scenario.loader import read
from pytest_kbevents.scenario.schema import BEHAVIOURS

TEXT = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: mine}
spec:
  description: d
  cluster: {component: mysql, replicas: 1}
  %s
  steps: [{wait: 1s}]
"""


def scenario(releases=""):
    return read(TEXT % (f"releases: {releases}" if releases else ""), "mine.yaml")


def says(releases=""):
    """What the scenario says of each release that it speaks of."""
    read_ = scenario(releases)
    return {release: said for release in RELEASES if (said := read_.says_of(release)) is not None}


def test_a_scenario_without_releases_says_that_all_pass():
    assert says() == dict.fromkeys(RELEASES, "passes")


@pytest.mark.parametrize(
    ("releases", "expected"),
    [
        ("{passes_on: [main]}", {"main": "passes"}),
        ("{fails_on: [1.0.0]}", {"1.0.0": "fails"}),
        ("{passes_on: [fixed], fails_on: [main]}", {"main": "fails", "fixed": "passes"}),
        ("{passes_on: [fixed], fails_on: [], behaviours: [handlers]}", {"fixed": "passes"}),
    ],
)
def test_of_a_release_that_is_in_neither_list_it_says_nothing(releases, expected):
    assert says(releases) == expected


@pytest.mark.parametrize("release", RELEASES)
def test_every_release_can_be_spoken_of(release):
    assert says(f"{{passes_on: ['{release}']}}") == {release: "passes"}


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_every_behaviour_can_be_spoken_of(behaviour):
    releases = scenario(f"{{passes_on: [main], behaviours: [{behaviour}]}}").releases
    assert releases.behaviours == [behaviour]


@pytest.mark.parametrize(
    ("releases", "problem"),
    [
        ("{passes_on: [mian]}", "7:26: passes_on: unknown release 'mian'; did you mean 'main'?"),
        ("{fails_on: [1.0.9]}", "7:25: fails_on: unknown release '1.0.9'; did you mean '1.0."),
        ("{passes_on: [1.0]}", "7:26: passes_on must be text: write it in quotes"),
        ("{passes_on: main}", "7:25: passes_on must be a list"),
        ("{pases_on: [main]}", "7:14: unknown key 'pases_on'; did you mean 'passes_on'?"),
        (
            "{passes_on: [fixed, main], fails_on: [main, fixed]}",
            "7:13: releases: fixed, main cannot both pass and fail: keep it in passes_on or in fails_on",
        ),
        (
            "{passes_on: [main], behaviours: [handlrs]}",
            "7:46: behaviours: unknown behaviour 'handlrs'; did you mean 'handlers'?",
        ),
        ("{behaviours: [handlers]}", "7:13: releases: say passes_on, fails_on or both, or leave it out: then all pass"),
        ("{}", "7:13: releases: say passes_on, fails_on or both, or leave it out: then all pass"),
    ],
)
def test_a_mistake_is_told_at_its_place_with_what_to_do(releases, problem):
    with pytest.raises(ScenarioError) as refused:
        scenario(releases)
    assert f"mine.yaml:{problem}" in str(refused.value)
