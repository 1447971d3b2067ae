"""Lorry, the agent before kbagent: another message, another Event, a new one for each change."""

import json
from dataclasses import replace

import pytest

from pytest_kbevents.agent.sending.delivery import Delivery
from pytest_kbevents.agent.sending.lorry import Lorry, Words
from pytest_kbevents.api.messages import ProbeMessage
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.clock import SECOND


def answered(output, code=0):
    return ProbeMessage("c1-mysql", "roleProbe", code, output)


@pytest.fixture
def said(clock, sender, harness):
    """Deliver a message as lorry does; the Event that it became."""

    def said(message="a message"):
        delivery = Delivery(("roleProbe", message), (3, SECOND // 5), replace(sender, wording=Lorry()), clock)
        while delivery.step() is None:
            clock.advance_to(delivery.due)
        return harness.list(EVENTS, "ns")[-1]

    return said


@pytest.fixture
def release():
    return "0.9.5"


@pytest.fixture
def play(pod, fleet, host, drive, harness):
    """The database of 0.9.5's agent answers these, ten seconds each; the messages of its Events, oldest first."""

    def play(*answers):
        pod()
        told = fleet()
        for answer in answers:
            told.answer("c1-mysql-0", **answer)
            drive(host, 10)
        events = sorted(harness.list(EVENTS, "ns"), key=lambda event: event["eventTime"])
        return [json.loads(event["message"]) for event in events]

    return play


def test_a_message_has_its_bytes_in_lorry_s_order():
    text = Words().encode(answered(b"primary"))
    assert text == '{"event":"Success","operation":"checkRole","originalRole":"","role":"primary"}'


def test_a_message_names_the_role_before():
    words = Words()
    words.encode(answered(b"primary"))
    text = words.encode(answered(b"secondary"))
    assert text == '{"event":"Success","operation":"checkRole","originalRole":"primary","role":"secondary"}'


def test_two_pods_have_two_memories():
    Words().encode(answered(b"primary"))
    assert json.loads(Words().encode(answered(b"secondary")))["originalRole"] == ""


def test_white_space_around_a_role_is_not_part_of_it():
    assert json.loads(Words().encode(answered(b" primary\n")))["role"] == "primary"


def test_a_role_is_written_as_go_writes_text():
    assert Words().encode(answered(b'a"<\xff')).endswith('"role":"a\\"\\u003c\ufffd"}')


def test_a_probe_that_failed_is_told_to_nobody():
    assert Words().encode(answered(b"primary", -1)) is None


def test_a_probe_that_failed_is_no_role_before():
    words = Words()
    words.encode(answered(b"primary"))
    words.encode(answered(b"secondary", -1))
    assert json.loads(words.encode(answered(b"candidate")))["originalRole"] == "primary"


def test_an_event_has_every_field(said):
    event = said()
    del event["metadata"]
    assert event == {
        "apiVersion": "v1",
        "kind": "Event",
        "involvedObject": {
            "kind": "Pod",
            "namespace": "ns",
            "name": "c1-mysql-0",
            "uid": "11111111-1111-1111-1111-111111111111",
            "fieldPath": "spec.containers{lorry}",
        },
        "reason": "checkRole",
        "action": "checkRole",
        "message": "a message",
        "source": {"component": "lorry", "host": "node-0"},
        "firstTimestamp": "2026-01-01T00:00:00Z",
        "lastTimestamp": "2026-01-01T00:00:00Z",
        "eventTime": "2026-01-01T00:00:00.000000Z",
        "type": "Normal",
        "count": 1,
        "reportingComponent": "lorry",
        "reportingInstance": "c1-mysql-0",
    }


@pytest.mark.parametrize("micros", range(0, 200, 7))
def test_a_name_is_the_pod_and_sixteen_digits(identity, micros):
    pod, _, digits = Lorry().name(identity, "roleProbe", "a message", micros).rpartition(".")
    assert (pod, len(digits), int(digits, 16) >= 0) == ("c1-mysql-0", 16, True)


def test_a_name_is_the_same_for_the_same_moment(identity):
    assert Lorry().name(identity, "roleProbe", "m", 1) == Lorry().name(identity, "roleProbe", "m", 1)


def test_the_same_message_a_moment_later_is_another_event(said, clock, harness):
    said()
    clock.advance_to(clock.micros() + 1)
    said()
    assert [event["count"] for event in harness.list(EVENTS, "ns")] == [1, 1]


def test_nothing_is_looked_up(said, faults):
    methods = []
    faults.append(lambda request, handler: (methods.append(request.method), handler(request))[1])
    said()
    assert methods == ["POST"]


def test_an_event_that_is_refused_keeps_its_name(said, refuse, harness):
    names = []
    refuse("POST", 1)
    names.append(said()["metadata"]["name"])
    assert names == [event["metadata"]["name"] for event in harness.list(EVENTS, "ns")]


def test_each_change_of_the_role_is_an_event_of_its_own(play):
    told = play({"output": "primary"}, {"output": "secondary"}, {"output": "primary"})
    assert [(one["originalRole"], one["role"]) for one in told] == [
        ("", "primary"),
        ("primary", "secondary"),
        ("secondary", "primary"),
    ]


def test_a_role_that_stays_is_told_once(play):
    assert len(play({"output": "primary"}, {"output": "primary"})) == 1


def test_a_database_that_fails_is_not_heard_of(play):
    assert play({"exitCode": 1, "stderr": "boom"}) == []
