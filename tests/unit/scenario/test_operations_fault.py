"""``fault``: a request that is refused, and one that never came."""

import pytest

from pytest_kbevents.api.resources import EVENTS

PRIMARY = "agent: {pod: c1-mysql-0, roleProbe: primary}"
SEEN = "expect: {pod: c1-mysql-0, role: primary, within: 5s}"
WRITTEN = "event: {template: roleProbe, pod: c1-mysql-0, role: primary}"


def counts(verdict):
    return [event["count"] for event in verdict.history.state.list(EVENTS)]


@pytest.mark.parametrize("error", ["Conflict", "Forbidden", "ServiceUnavailable"])
def test_what_is_refused_is_tried_again(perform, error):
    """The agent waits 200 ms between its attempts."""
    verdict = perform(f"fault: {{refuse: POST, kind: Event, error: {error}}}", PRIMARY, SEEN)
    assert verdict.passed
    assert 0.2 < verdict.seconds < 0.4


def test_it_refuses_so_many_times(perform):
    verdict = perform("fault: {refuse: POST, kind: Event, times: 2}", PRIMARY, SEEN)
    assert 0.4 < verdict.seconds < 0.6


def test_the_controller_s_requests_are_refused_too(perform):
    assert perform("fault: {refuse: PUT, kind: Pod, name: c1-mysql-0}", WRITTEN, SEEN).passed


def test_another_object_of_the_kind_is_not_meant(perform):
    finding = perform("fault: {refuse: PUT, kind: Pod, name: c1-mysql-1}", WRITTEN, SEEN).finding
    assert finding.problem.startswith("fault PUT Pod c1-mysql-1 was never met")


@pytest.mark.parametrize(("carried_out", "count"), [("false", 1), ("true", 2)])
def test_a_lost_answer_leaves_behind_what_was_done(perform, carried_out, count):
    """The agent of 1.0.2 says a role once; what it thinks is lost, it says again."""
    fault = f"fault: {{refuse: POST, kind: Event, carried_out: {carried_out}}}"
    assert counts(perform(fault, PRIMARY, SEEN, "wait: 2s", release="1.0.2")) == [count]


def test_the_scenario_s_own_requests_are_not_refused(perform):
    """Its Event is there, though it came first; the agent's met the fault."""
    verdict = perform("fault: {refuse: POST, kind: Event}", WRITTEN, "agent: {pod: c1-mysql-1, roleProbe: primary}")
    assert len(counts(verdict)) == 1


def test_a_fault_that_nothing_met_proves_nothing(perform):
    finding = perform("fault: {refuse: DELETE, kind: Pod}", PRIMARY, SEEN).finding
    assert finding.problem == (
        "fault DELETE Pod was never met: no such request came after it, so that it proves nothing"
    )


def test_what_was_missed_is_shown_as_numbers(perform):
    finding = perform("fault: {refuse: DELETE, kind: Pod}").finding
    assert (finding.expected, finding.seen) == ({"met": "at least 1"}, {"met": 0})


def test_each_fault_must_be_met(perform):
    finding = perform(
        "fault: {refuse: POST, kind: Event}", "fault: {refuse: PUT, kind: Service}", PRIMARY, SEEN
    ).finding
    assert finding.problem.startswith("fault PUT Service was never met")


def test_a_fault_that_was_met_less_often_than_it_may_be_has_been_met(perform):
    assert perform("fault: {refuse: POST, kind: Event, times: 1000}", PRIMARY, "wait: 2s").passed


def test_what_does_not_hold_is_told_before_a_fault_that_was_never_met(perform):
    finding = perform("fault: {refuse: DELETE, kind: Pod}", SEEN).finding
    assert finding.problem.startswith("Pod c1-mysql-0 has role primary: not within 5s")
