"""A scenario passes on its good releases with more replicas, and in another order; other seeds: test_releases.py."""

import copy
from pathlib import Path

import pytest
import yaml

from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.releases import RELEASES
from pytest_kbevents.scenario import catalog, runner
from pytest_kbevents.scenario.loader import read_all

SCENARIOS = catalog.scenarios([catalog.shipped()], Path.cwd())
SEED = 5
EACH_REPLICA = (
    "all-replicas-succeed",
    "healthy-stays-available",
    "recovery-counts",
    "result-of-a-dead-pod",
    "runs-only-with-roles",
    "scale-out-in-progress",
    "silence-is-noticed",
    "status-under-way",
)
"""What is demanded of each replica, and done for those that the scenario names."""


def failures(scenario):
    """By good release, what is said of one on which it fails."""
    good = [release for release in RELEASES if scenario.says_of(release) == "passes"]
    runs = {each: runner.run(scenario, make("embedded"), Cast("reference", each, SEED)) for each in good}
    return {release: run.finding.problem for release, run in runs.items() if run.finding}


def varied(name, change):
    data = copy.deepcopy(SCENARIOS[name].document.data)
    change(data["spec"])
    return read_all(yaml.safe_dump(data, sort_keys=False), "variant.yaml", Path.cwd())[0]


def swapped(steps):
    """Databases that are told something one after the other, each its own, are told so in the opposite order."""
    found, rest = [], list(steps)
    while rest:
        together = []
        while rest and "agent" in rest[0] and rest[0]["agent"]["pod"] not in [one["agent"]["pod"] for one in together]:
            together.append(rest.pop(0))
        found += together[::-1] if together else [rest.pop(0)]
    return found


def of_replicas(count):
    for name, scenario in SCENARIOS.items():
        spec = scenario.document.data["spec"]
        grows = any("scale" in step for step in spec["steps"])
        if spec["cluster"]["replicas"] < count and name not in EACH_REPLICA and not grows:
            yield pytest.param(name, count, id=f"{name}-{count}")


@pytest.mark.parametrize(("name", "count"), [*of_replicas(3), *of_replicas(5)])
def test_more_replicas_make_no_difference(name, count):
    assert failures(varied(name, lambda spec: spec["cluster"].update(replicas=count))) == {}


@pytest.mark.parametrize("name", EACH_REPLICA)
def test_what_is_demanded_of_each_replica_is_missed_of_another(name):
    count = SCENARIOS[name].document.data["spec"]["cluster"]["replicas"] + 1
    assert "fixed" in failures(varied(name, lambda spec: spec["cluster"].update(replicas=count)))


IN_A_ROW = [
    name
    for name, scenario in SCENARIOS.items()
    if swapped(scenario.document.data["spec"]["steps"]) != scenario.document.data["spec"]["steps"]
]


@pytest.mark.parametrize("name", IN_A_ROW)
def test_the_order_of_independent_steps_makes_no_difference(name):
    assert failures(varied(name, lambda spec: spec.update(steps=swapped(spec["steps"])))) == {}
