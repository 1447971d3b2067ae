"""When an agent reports again: each period, and when its Pod's role label changes."""

import pytest

from pytest_kbevents.api.resources import PODS

POD = "c1-mysql-0"


@pytest.fixture
def role(harness):
    """Set a Pod's role label."""
    return lambda value: harness.patch(PODS, "ns", POD, {"metadata": {"labels": {"kubeblocks.io/role": value}}})


def test_an_agent_reports_again_after_15_seconds(pod, fleet, host, drive, events):
    pod()
    fleet().answer(POD)
    drive(host, 31)
    assert events() == [(POD, 3)]


@pytest.mark.parametrize("release", ["1.0.0"])
def test_an_agent_of_1_0_0_does_not_report_again(pod, fleet, host, drive, events):
    pod()
    fleet().answer(POD)
    drive(host, 300)
    assert events() == [(POD, 1)]


@pytest.mark.parametrize(("release", "count"), [("main", 2), ("fixed", 2), ("1.0.0", 1)])
def test_a_changed_role_label_forces_a_report_by_release(pod, fleet, host, drive, role, events, count):
    pod()
    fleet().answer(POD)
    drive(host, 5)
    role("primary")
    drive(host, 5)
    assert events() == [(POD, count)]


def test_a_role_label_that_is_taken_away_forces_a_report(pod, fleet, host, drive, role, events):
    pod()
    role("primary")
    fleet().answer(POD)
    drive(host, 5)
    role(None)
    drive(host, 5)
    assert events() == [(POD, 2)]


def test_the_forced_report_comes_200_milliseconds_after_the_change(pod, fleet, host, drive, role, attempts):
    pod()
    fleet().answer(POD)
    drive(host, 5.5)
    role("primary")
    drive(host, 1)
    assert attempts == [0, 5.7]


def test_another_change_of_the_pod_forces_nothing(pod, fleet, host, drive, harness, events):
    pod()
    fleet().answer(POD)
    drive(host, 5)
    harness.patch(PODS, "ns", POD, {"metadata": {"annotations": {"other": "1"}}})
    drive(host, 5)
    assert events() == [(POD, 1)]
