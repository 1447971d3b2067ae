"""Scenarios written in a test, run in the simulated world."""

import pytest

from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read
from scenarios import HEAD


@pytest.fixture
def perform():
    """Run steps, given as YAML list items; ``head`` are further lines of the spec. Returns the verdict."""

    def perform(*steps, head="", release="fixed", seed=0):
        text = HEAD + (f"  {head}\n" if head else "") + "  steps:\n" + "".join(f"  - {step}\n" for step in steps)
        return runner.run(read(text, "mine.yaml"), make("embedded"), Cast("reference", release, seed))

    return perform
