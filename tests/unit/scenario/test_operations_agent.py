"""``agent``: what a database does, and how its agent misbehaves."""

import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS, EVENTS

POD = "c1-mysql-0"
PRIMARY = f"agent: {{pod: {POD}, roleProbe: primary}}"
REPORTS = 2
"""Of a role within seconds: when it is news, and when the label that comes of it is written down in the Pod."""


def events(verdict):
    return sorted(verdict.history.state.list(EVENTS), key=lambda event: event["eventTime"])


def counts(verdict):
    return [event["count"] for event in events(verdict)]


def test_an_agent_hears_of_it_through_a_config_map(perform):
    verdict = perform(PRIMARY, "wait: 3s")
    namespace = verdict.history.revisions[0].object["metadata"]["namespace"]
    told = verdict.history.state.get(CONFIG_MAPS, (namespace, f"{POD}-database"))
    assert told["data"]["script"] == '{"actions":{"roleProbe":{"output":"primary"}}}'


def test_what_it_was_told_before_stays(perform):
    verdict = perform(PRIMARY, f'agent: {{pod: {POD}, clock: "+5m"}}', "wait: 3s")
    assert counts(verdict) == [REPORTS]


def test_a_wrong_clock_dates_its_events(perform):
    verdict = perform(f'agent: {{pod: {POD}, roleProbe: primary, clock: "-1h"}}', "wait: 3s")
    assert events(verdict)[0]["eventTime"].startswith("2025-12-31T23:")


def test_a_send_may_begin_late(perform):
    verdict = perform(f"agent: {{pod: {POD}, roleProbe: primary, sends: {{late: 4s}}}}", "wait: 3s")
    assert counts(verdict) == []


def test_a_send_that_begins_late_is_dated_by_then(perform):
    verdict = perform(f"agent: {{pod: {POD}, roleProbe: primary, sends: {{late: 4s}}}}", "wait: 6s")
    assert events(verdict)[0]["eventTime"].startswith("2026-01-01T00:00:04.")


def test_everything_may_be_sent_twice(perform):
    verdict = perform(f"agent: {{pod: {POD}, roleProbe: primary, sends: {{twice: true}}}}", "wait: 3s")
    assert counts(verdict) == [2 * REPORTS]


def test_a_restarted_agent_counts_its_event_on(perform):
    verdict = perform(PRIMARY, "wait: 3s", f"agent: {{pod: {POD}, restart: true}}", "wait: 3s")
    assert counts(verdict) == [REPORTS + 1]


def test_another_release_s_agent_speaks_its_own_way(perform):
    verdict = perform(f"agent: {{pod: {POD}, roleProbe: primary, release: 0.9.5}}", "wait: 3s")
    assert [event["reason"] for event in events(verdict)] == ["checkRole"]


def test_a_pod_that_was_down_is_up_when_it_is_told_again(perform):
    verdict = perform(PRIMARY, "wait: 3s", f"agent: {{pod: {POD}, down: true}}", "wait: 3s", PRIMARY, "wait: 3s")
    assert counts(verdict) == [REPORTS + 1]


@pytest.mark.parametrize("seconds", [3, 100])
def test_a_pod_that_is_down_sends_nothing(perform, seconds):
    verdict = perform(PRIMARY, "wait: 3s", f"agent: {{pod: {POD}, down: true}}", f"wait: {seconds}s")
    assert counts(verdict) == [REPORTS]
