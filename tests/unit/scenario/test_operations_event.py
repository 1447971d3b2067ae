"""``event``: what reaches the cluster."""

import pytest

from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.client.client import Client
from pytest_kbevents.errors import Conflict, ScenarioError

ROLE = "event: {template: roleProbe, pod: c1-mysql-0, role: primary%s}"
PLAIN = "event: {template: plain, pod: c1-mysql-0, values: {name: mine}%s}"


@pytest.fixture
def written(perform):
    """The Events of kbagent and others that steps leave behind, by name."""

    def written(*steps):
        verdict = perform("controller: stop", *steps)
        assert verdict.passed, verdict.finding
        return {event["metadata"]["name"]: event for event in verdict.history.state.list(EVENTS)}

    return written


def test_a_burst_differs_in_its_names_alone(written):
    events = written(PLAIN % ", burst: 3")
    assert list(events) == ["mine", "mine.2", "mine.3"]
    assert len({repr({**event, "metadata": None}) for event in events.values()}) == 1


def test_a_burst_that_comes_again_is_counted_up_one_by_one(written):
    events = written(PLAIN % ", burst: 2", PLAIN % ", burst: 3")
    assert {name: event["count"] for name, event in events.items()} == {"mine": 2, "mine.2": 2, "mine.3": 1}


def test_a_count_is_written_as_it_is_told(written):
    assert written(PLAIN % ", count: 41")["mine"]["count"] == 41


def test_a_count_is_told_to_an_event_that_is_there_too(written):
    assert written(PLAIN % "", PLAIN % ", count: 41")["mine"]["count"] == 41


def test_the_event_that_is_there_keeps_what_it_has(written):
    events = written(PLAIN % ", message: first", PLAIN % ", message: second")
    assert events["mine"]["message"] == "first"


def test_fields_are_merged_over_the_event_that_is_there(written):
    assert written(PLAIN % "", PLAIN % ", fields: {message: over}")["mine"]["message"] == "over"


def test_a_field_that_is_null_is_taken_out(written):
    assert "reason" not in written(PLAIN % ", fields: {reason: null}")["mine"]


def test_a_name_of_its_own_takes_the_place_of_the_hash(written):
    assert list(written(ROLE % ", fields: {metadata: {name: own}}")) == ["own"]


@pytest.mark.parametrize(
    ("told", "time"),
    [
        ("2026-05-01T00:00:00.123456Z", "2026-05-01T00:00:00.123456Z"),
        ("2026-05-01T00:00:00Z", "2026-05-01T00:00:00.000000Z"),
        ("2026-05-01T02:00:00+02:00", "2026-05-01T00:00:00.000000Z"),
    ],
)
def test_a_moment_can_be_told_whole(written, told, time):
    (event,) = written(ROLE % f", eventTime: '{told}'").values()
    assert event["eventTime"] == time


def test_a_moment_can_lie_ahead(written):
    (event,) = written(ROLE % ", eventTime: '+1h'").values()
    assert event["eventTime"].startswith("2026-01-01T01:00:00.")


def test_output_is_what_another_probe_said(written):
    (event,) = written("event: {template: availableProbe, pod: c1-mysql-0, output: ready}").values()
    assert '"output":"cmVhZHk="' in event["message"]


def test_values_are_rendered_like_everything(written):
    assert list(written('event: {template: plain, pod: c1-mysql-0, values: {name: "{{ component }}-x"}}')) == [
        "c1-mysql-x"
    ]


def test_a_rendered_value_may_stand_for_true_or_false(written):
    step = "event: {template: checkRole, pod: c1-mysql-0, role: primary, values: {wrapped: '{{ 1 == 1 }}'}}"
    (event,) = written(step).values()
    assert event["message"].startswith("Readiness probe failed: {")


def test_a_value_that_only_the_run_could_render_is_refused_at_its_place(perform):
    """It is a time while the file is checked, and none once it runs."""
    started = "{{ now() if uid(pod(0)) == '00000000-0000-4000-8000-000000000000' else 'soon' }}"
    with pytest.raises(ScenarioError, match=r"^mine\.yaml:12:64: started: 'soon' is not an RFC 3339 time"):
        perform(f'event: {{template: task, pod: c1-mysql-0, values: {{started: "{started}"}}}}')


def test_an_event_about_a_pod_that_is_gone_is_a_finding_at_its_step(perform):
    finding = perform("delete: {kind: Pod, name: c1-mysql-0}", ROLE % "").finding
    assert (finding.verb, finding.problem) == ("event", 'the API server: pods "c1-mysql-0" not found')
    assert str(finding.position) == "mine.yaml:13:5"


def test_an_event_that_the_api_server_does_not_take_is_a_finding(perform):
    finding = perform(ROLE % ", fields: {count: soon}").finding
    assert "cannot unmarshal string into Go struct field Event.count of type int32" in finding.problem


def refuse(monkeypatch, times):
    """Let that many updates meet somebody else's write."""
    update, left = Client.update, [Conflict("changed")] * times

    def refused(self, *arguments):
        if left:
            raise left.pop()
        return update(self, *arguments)

    monkeypatch.setattr(Client, "update", refused)


def test_an_event_that_others_write_too_is_counted_all_the_same(written, monkeypatch):
    refuse(monkeypatch, times=3)
    assert written(PLAIN % "", PLAIN % "")["mine"]["count"] == 2


def test_an_event_that_others_write_without_end_is_a_finding(perform, monkeypatch):
    refuse(monkeypatch, times=1000)
    verdict = perform("controller: stop", PLAIN % "", PLAIN % "")
    assert "changed" in verdict.finding.problem
