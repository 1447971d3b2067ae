"""Verdicts of real runs."""

import pytest

from pytest_kbevents.scenario.reports.document import Origin

BECOMES = "expect: {pod: c1-mysql-0, role: %s, within: 2s}"
PRIMARY = "agent: {pod: c1-mysql-0, roleProbe: primary}"


@pytest.fixture
def passed(perform):
    """One that holds, with a rule."""
    return perform(PRIMARY, BECOMES % "primary", head="never: [{two_holders_of: primary}]")


@pytest.fixture
def failed(perform):
    """One that does not hold; a step is left."""
    return perform(PRIMARY, BECOMES % "secondary", "wait: 1s")


@pytest.fixture
def origin():
    """Where they were run."""
    return Origin("embedded", "pytest --kb-scenario mine")
