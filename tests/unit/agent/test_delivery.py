"""Create or count: one outcome on its way to the cluster."""

from pytest_kbevents.api.resources import EVENTS


def test_the_first_time_it_is_created_with_every_field(deliver, event):
    deliver()
    found = event()
    del found["metadata"]
    assert found == {
        "apiVersion": "v1",
        "kind": "Event",
        "involvedObject": {
            "kind": "Pod",
            "namespace": "ns",
            "name": "c1-mysql-0",
            "uid": "11111111-1111-1111-1111-111111111111",
            "fieldPath": "spec.containers{kbagent}",
        },
        "reason": "roleProbe",
        "action": "roleProbe",
        "message": "a message",
        "source": {"component": "kbagent", "host": "node-0"},
        "firstTimestamp": "2026-01-01T00:00:00Z",
        "lastTimestamp": "2026-01-01T00:00:00Z",
        "eventTime": "2026-01-01T00:00:00.000000Z",
        "type": "Normal",
        "count": 1,
        "reportingComponent": "kbagent",
        "reportingInstance": "c1-mysql-0",
    }


def test_it_has_no_labels_and_no_annotations(deliver, event):
    deliver()
    assert not event()["metadata"].keys() & {"labels", "annotations"}


def test_a_repeat_counts(seen_once, deliver, event):
    deliver()
    assert (seen_once["count"], event()["count"]) == (1, 2)


def test_a_repeat_moves_event_time_to_the_microsecond(seen_once, deliver, event, clock):
    clock.advance_to(clock.micros() + 7)
    deliver()
    assert (seen_once["eventTime"], event()["eventTime"]) == (
        "2026-01-01T00:00:00.000000Z",
        "2026-01-01T00:01:00.000007Z",
    )


def test_a_repeat_changes_nothing_but_count_and_event_time(seen_once, deliver, event):
    deliver()
    now = event()
    changed = {key for key in now if now[key] != seen_once[key]}
    assert changed == {"count", "eventTime", "metadata"}


def test_a_repeat_leaves_first_and_last_timestamp_alone(seen_once, deliver, event):
    deliver()
    assert {event()["firstTimestamp"], event()["lastTimestamp"]} == {seen_once["firstTimestamp"]}


def test_what_others_annotated_is_kept(seen_once, deliver, event, harness):
    name = seen_once["metadata"]["name"]
    harness.patch(EVENTS, "ns", name, {"metadata": {"annotations": {"kubeblocks.io/event-handled": "1"}}})
    deliver()
    assert event()["metadata"]["annotations"] == {"kubeblocks.io/event-handled": "1"}


def test_a_count_that_others_wrote_is_counted_on(seen_once, deliver, event, harness):
    harness.patch(EVENTS, "ns", seen_once["metadata"]["name"], {"count": 41})
    deliver()
    assert event()["count"] == 42


def test_a_message_that_others_wrote_is_kept(seen_once, deliver, event, harness):
    harness.patch(EVENTS, "ns", seen_once["metadata"]["name"], {"message": "another"})
    deliver()
    assert event()["message"] == "another"


def test_a_deleted_event_is_created_anew_with_count_1(seen_once, deliver, event, harness):
    harness.delete(EVENTS, "ns", seen_once["metadata"]["name"])
    deliver()
    assert event()["count"] == 1


def test_another_message_is_another_event(seen_once, deliver, delivery, harness):
    del seen_once
    deliver(delivery(("roleProbe", "another message")))
    assert len(harness.list(EVENTS, "ns")) == 2
