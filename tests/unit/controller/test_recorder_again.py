"""What becomes of Events that are recorded again and again."""

import pytest

from pytest_kbevents.api.resources import COMPONENTS, EVENTS
from pytest_kbevents.clock import SECOND
from pytest_kbevents.controller.recorder import EventRecorder
from pytest_kbevents.errors import NoAnswer, ServiceUnavailable
from pytest_kbevents.faults.refuse import Refuse

COMBINED = "(combined from similar events): "


@pytest.fixture
def component(client):
    return client.create(COMPONENTS, {"metadata": {"name": "c1-mysql", "namespace": "default"}, "spec": {}})


@pytest.fixture
def recorder(client, clock):
    return EventRecorder(client, clock, "event-controller")


@pytest.fixture
def record(recorder, component, clock):
    """Record it that often, a second apart; ``{}`` is how often it was before."""

    def record(message, times=1, reason="RoleProbeFailed", type_="Warning"):
        for n in range(times):
            recorder.record(component, type_, reason, message.format(n))
            clock.advance_to(clock.micros() + SECOND)

    return record


@pytest.fixture
def events(client):
    """Message and count of each Event that is there, oldest first."""
    return lambda: [(event["message"], event["count"]) for event in client.list(EVENTS, "default")]


def test_the_same_again_is_counted_up(record, events):
    record("it failed", times=3)
    assert events() == [("it failed", 3)]


def test_it_happened_first_when_it_did_and_last_now(record, client):
    record("it failed", times=3)
    (event,) = client.list(EVENTS, "default")
    assert (event["firstTimestamp"], event["lastTimestamp"]) == ("2026-01-01T00:00:00Z", "2026-01-01T00:00:02Z")


@pytest.mark.parametrize("other", [{"reason": "Other"}, {"type_": "Normal"}], ids=["reason", "type"])
def test_another_reason_or_type_is_another_event(record, events, other):
    record("it failed")
    record("it failed", **other)
    assert events() == [("it failed", 1)] * 2


def test_another_message_is_another_event(record, events):
    record("it failed")
    record("it failed again")
    assert events() == [("it failed", 1), ("it failed again", 1)]


def test_an_object_of_the_same_name_with_another_uid_is_another(record, recorder, component, events):
    record("it failed")
    recreated = {**component, "metadata": {**component["metadata"], "uid": "another"}}
    recorder.record(recreated, "Warning", "RoleProbeFailed", "it failed")
    assert events() == [("it failed", 1)] * 2


def test_one_that_is_gone_is_created_anew_with_its_count(record, client, events):
    record("it failed", times=2)
    (event,) = client.list(EVENTS, "default")
    client.delete(EVENTS, "default", event["metadata"]["name"])
    record("it failed")
    assert events() == [("it failed", 3)]


def test_one_that_could_not_be_written_is_written_with_its_count_next_time(record, faults, events):
    faults.append(Refuse("POST", "/events", ServiceUnavailable("down")))
    record("it failed", times=2)
    assert events() == [("it failed", 2)]


def test_counting_up_without_an_answer_is_dropped(record, faults, events):
    record("it failed")

    def lost(request, handler):
        if request.method == "PATCH":
            raise NoAnswer(f"{request.method} lost before {handler}")
        return handler(request)

    faults.append(lost)
    record("it failed")
    assert events() == [("it failed", 1)]


def test_nine_messages_are_nine_events(record, events):
    record("failure {}", times=9)
    assert len(events()) == 9


def test_from_the_tenth_message_on_they_are_combined_into_one(record, events):
    record("failure {}", times=13)
    assert events()[9:] == [(f"{COMBINED}failure 12", 4)]


def test_a_message_that_has_an_event_of_its_own_still_counts_there(record, events):
    record("failure {}", times=12)
    record("failure 3")
    assert ("failure 3", 2) in events()


def test_after_ten_minutes_without_any_they_are_no_longer_combined(record, clock, events):
    record("failure {}", times=10)
    clock.advance_to(clock.micros() + 600 * SECOND)
    record("something new")
    assert events()[-1] == ("something new", 1)


def test_a_combined_message_is_cut_to_1024_bytes(record, client):
    record("{}" + "x" * 2000, times=10)
    assert {len(event["message"]) for event in client.list(EVENTS, "default")} == {1024}


def test_one_object_has_25_writes_at_once(record, events):
    record("it failed", times=40)
    assert events() == [("it failed", 25)]


def test_after_five_minutes_there_is_one_more_and_it_has_the_whole_count(record, clock, events):
    record("it failed", times=40)
    clock.advance_to(clock.micros() + 300 * SECOND)
    record("it failed", times=5)
    assert events() == [("it failed", 41)]


def test_another_object_has_writes_of_its_own(record, recorder, client, events):
    record("it failed", times=40)
    other = client.create(COMPONENTS, {"metadata": {"name": "other", "namespace": "default"}, "spec": {}})
    recorder.record(other, "Warning", "RoleProbeFailed", "it failed")
    assert ("it failed", 1) in events()
