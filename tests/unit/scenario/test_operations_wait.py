"""``wait``: time passes."""

import pytest

from pytest_kbevents.errors import ScenarioError

PRIMARY = "agent: {pod: c1-mysql-0, roleProbe: primary}"


@pytest.mark.parametrize("step", ["wait: 90s", "wait: 1.5m", "wait: {for: 90s}", "wait: '{{ 90 }}s'"])
def test_it_takes_as_long_as_it_says(perform, step):
    assert 90 <= perform(step).seconds < 90.01


def test_the_world_goes_on_meanwhile(perform):
    assert perform(PRIMARY, "wait: 2s", "stays: {pod: c1-mysql-0, role: primary, for: 1ms}").passed


def test_nothing_waits_for_what_has_nothing_to_do(perform):
    assert perform("wait: 1ms").seconds < 0.01


def test_what_never_may_be_is_judged_meanwhile(perform):
    finding = perform(
        PRIMARY,
        "wait: 2s",
        "agent: {pod: c1-mysql-1, roleProbe: primary}",
        "wait: 1h",
        head="never: [{two_holders_of: primary, longer_than: 1s}]",
        release="1.0.0",
    ).finding
    assert (finding.verb, str(finding.position)) == ("wait", "mine.yaml:16:5")


def test_a_wait_ends_when_an_invariant_breaks(perform):
    verdict = perform(
        PRIMARY,
        "agent: {pod: c1-mysql-1, roleProbe: primary}",
        "wait: 1h",
        head="never: [{two_holders_of: primary, longer_than: 1s}]",
        release="1.0.0",
    )
    assert verdict.seconds < 10


@pytest.mark.parametrize("length", ["900000h", f"{'9' * 400}h", f"{'9' * 400}.{'9' * 400}ms"])
def test_nobody_waits_for_more_than_a_century(perform, length):
    with pytest.raises(ScenarioError, match=r"^mine\.yaml:12:11: for: '9.* is longer than a century$"):
        perform(f"wait: {length}")
