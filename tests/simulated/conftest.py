"""Runs of shipped scenarios in the simulated world, without pytest around them."""

from pathlib import Path

import pytest

from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import catalog, runner


@pytest.fixture(scope="session")
def scenarios():
    """The shipped scenarios by name."""
    return catalog.scenarios([catalog.shipped()], Path.cwd())


@pytest.fixture
def perform(scenarios):
    """Run one by name; returns its verdict."""

    def perform(name, release="fixed", seed=0, controller="reference"):
        return runner.run(scenarios[name], make("embedded"), Cast(controller, release, seed))

    return perform
