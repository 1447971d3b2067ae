"""core/v1 Events: what the real server checks of them (kubernetes: pkg/apis/core/validation/events.go)."""

import pytest

from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.errors import BadRequest, Invalid


def old_event(**fields):
    """An Event without an eventTime."""
    return {
        "metadata": {"name": "e", "namespace": "default"},
        "involvedObject": {"kind": "Pod", "name": "p", "namespace": "default"},
        "reason": "roleProbe",
    } | fields


def new_event(**fields):
    """An Event with an eventTime, as kbagent writes it."""
    return (
        old_event(
            eventTime="2026-01-01T00:00:00.000001Z",
            reportingComponent="kbagent",
            reportingInstance="p",
            action="roleProbe",
        )
        | fields
    )


@pytest.fixture
def fields(client):
    """The fields that the server finds fault with; none when it takes the Event."""

    def fields(event):
        try:
            client.create(EVENTS, event)
        except Invalid as refused:
            return [cause["field"] for cause in refused.details["causes"]]
        return []

    return fields


@pytest.mark.parametrize("event", [old_event(), new_event()])
def test_a_whole_event_is_taken(fields, event):
    assert fields(event) == []


def test_an_event_about_another_namespaces_object_is_invalid(fields):
    assert fields(old_event(involvedObject={"namespace": "kube-system"})) == ["involvedObject.namespace"]


def test_an_event_about_no_namespace_is_taken_in_default(fields):
    assert fields(old_event(involvedObject={"kind": "Node"})) == []


@pytest.mark.parametrize("event", [old_event, new_event])
def test_an_event_about_no_namespace_is_invalid_elsewhere(fields, event):
    body = event(metadata={"name": "e", "namespace": "kube-public"}, involvedObject={"kind": "Node"})
    assert fields(body) == ["involvedObject.namespace"]


@pytest.mark.parametrize(
    ("field", "named"),
    [
        ("reportingComponent", "reportingComponent"),
        ("reportingInstance", "reportingInstance"),
        ("action", "action"),
        ("reason", "reason"),
    ],
)
def test_a_new_event_must_say_who_reports_and_why(fields, field, named):
    assert named in fields(new_event(**{field: ""}))


@pytest.mark.parametrize("field", ["reportingComponent", "reportingInstance", "action", "reason"])
def test_an_old_event_need_not_say_who_reports_and_why(fields, field):
    assert fields(old_event(**{field: ""})) == []


def test_a_new_event_may_say_1024_bytes(fields):
    assert fields(new_event(message="m" * 1024)) == []


def test_a_new_event_may_not_say_more_than_1024_bytes(fields):
    assert fields(new_event(message="m" * 1025)) == ["message"]


def test_the_limit_of_a_message_counts_bytes_and_not_characters(fields):
    assert fields(new_event(message="ä" * 513)) == ["message"]


def test_an_old_event_may_say_more_than_1024_bytes(fields):
    assert fields(old_event(message="m" * 5000)) == []


def test_the_problem_with_a_long_message_is_in_the_real_servers_words(client):
    with pytest.raises(Invalid, match=r"message: Invalid value: .*can have at most 1024 characters"):
        client.create(EVENTS, new_event(message="m" * 1025))


def test_an_update_is_checked_as_a_create_is(client):
    stored = client.create(EVENTS, new_event())
    with pytest.raises(Invalid):
        client.update(EVENTS, {**stored, "message": "m" * 1025})


def test_an_event_is_counted_up_without_a_resource_version(client):
    client.create(EVENTS, new_event(count=1))
    assert client.patch(EVENTS, "default", "e", {"count": 2})["count"] == 2


@pytest.mark.parametrize("field", ["eventTime", "firstTimestamp", "lastTimestamp"])
def test_a_time_that_cannot_be_read_is_a_bad_request(client, field):
    with pytest.raises(BadRequest, match="parsing time"):
        client.create(EVENTS, new_event(**{field: "yesterday"}))


def test_an_event_has_no_status(send, client):
    client.create(EVENTS, new_event())
    assert send("GET", "/api/v1/namespaces/default/events/e/status").status == 404


def test_events_are_selected_by_what_they_are_about(client, send):
    client.create(EVENTS, new_event())
    selector = "involvedObject.name=p,reason=roleProbe"
    items = send("GET", "/api/v1/events", fieldSelector=selector).body["items"]
    assert [item["metadata"]["name"] for item in items] == ["e"]


def test_with_an_event_time_another_namespaces_object_is_taken(fields):
    assert fields(new_event(involvedObject={"namespace": "kube-system"})) == []


@pytest.mark.parametrize("field", ["reportingInstance", "action", "reason"])
def test_with_an_event_time_a_word_of_more_than_128_bytes_is_invalid(fields, field):
    assert fields(new_event(**{field: "x" * 129})) == [field]


def test_with_an_event_time_the_reporter_must_be_a_qualified_name(fields):
    assert fields(new_event(reportingComponent="a b")) == ["reportingComponent"]
