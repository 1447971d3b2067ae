"""Section 6, Probes: what the periods of a probe come to."""

import pytest

from pytest_kbevents.agent.probes.probeconfig import ProbeConfig
from pytest_kbevents.agent.releases import TABLE

LINES = {"1.0.2": TABLE["1.0.2"], "main": TABLE["main"]}

BOTH = {
    # report period, period, what it comes to
    "longer-than-the-period": (90, 20, 90),
    "equal-to-the-period": (20, 20, 20),
    "shorter-than-the-period": (1, 20, 20),
    "none": (0, 20, None),
    "none-below-zero": (-1, 20, None),
    "none-and-no-period": (0, 0, None),
    "longer-than-the-default-period": (90, 0, 90),
}


def report_period(release, report, period):
    return ProbeConfig("roleProbe", period=period, report_period=report).effective_report_period(LINES[release])


@pytest.mark.parametrize(("period", "effective"), [(0, 60), (-1, 60), (1, 1), (90, 90)])
def test_a_period_that_is_not_positive_is_60(period, effective):
    assert ProbeConfig("roleProbe", period=period).effective_period == effective


@pytest.mark.parametrize("release", LINES)
@pytest.mark.parametrize(("report", "period", "expected"), BOTH.values(), ids=BOTH)
def test_an_outcome_is_not_told_again_before_the_next_run(release, report, period, expected):
    assert report_period(release, report, period) == expected


@pytest.mark.parametrize("period", [0, -1])
def test_main_compares_with_the_default_period(period):
    assert report_period("main", 1, period) == 60


@pytest.mark.parametrize("period", [0, -1])
def test_the_1_0_line_compares_with_the_period_as_configured(period):
    assert report_period("1.0.2", 1, period) == 1
