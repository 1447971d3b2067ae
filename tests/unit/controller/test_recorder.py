"""Events that a controller records."""

import pytest

from pytest_kbevents.api.resources import COMPONENTS, EVENTS, NAMESPACES
from pytest_kbevents.clock import SIMULATION_START
from pytest_kbevents.controller.recorder import EventRecorder
from pytest_kbevents.errors import NoAnswer, ServiceUnavailable
from pytest_kbevents.faults.refuse import Refuse


@pytest.fixture
def component(client):
    return client.create(COMPONENTS, {"metadata": {"name": "c1-mysql", "namespace": "default"}, "spec": {}})


@pytest.fixture
def recorder(client, clock):
    return EventRecorder(client, clock, "event-controller")


@pytest.fixture
def recorded(client, recorder, component):
    recorder.record(component, "Warning", "RoleProbeFailed", "it failed")
    (event,) = client.list(EVENTS, "default")
    return event


def test_it_is_about_the_object(recorded, component):
    assert recorded["involvedObject"] == {
        "apiVersion": "apps.kubeblocks.io/v1",
        "kind": "Component",
        "namespace": "default",
        "name": "c1-mysql",
        "uid": component["metadata"]["uid"],
    }


def test_it_is_a_warning_with_reason_and_message(recorded):
    assert (recorded["type"], recorded["reason"], recorded["message"]) == ("Warning", "RoleProbeFailed", "it failed")


def test_it_is_in_the_namespace_of_the_object(recorded):
    assert recorded["metadata"]["namespace"] == "default"


def test_it_says_who_recorded_it(recorded):
    assert (recorded["source"]["component"], recorded["reportingComponent"]) == ("event-controller",) * 2


def test_it_has_happened_once_at_the_clocks_time(recorded):
    assert (recorded["count"], recorded["firstTimestamp"], recorded["lastTimestamp"]) == (
        1,
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z",
    )


def test_it_is_named_after_the_object(recorded):
    assert recorded["metadata"]["name"].startswith("c1-mysql.")


def test_two_in_the_same_microsecond_are_two(client, recorder, component):
    for message in ("it failed", "it failed again"):
        recorder.record(component, "Warning", "RoleProbeFailed", message)
    assert len(client.list(EVENTS, "default")) == 2


def test_names_derive_from_the_clock_alone(client, clock, component):
    for _ in range(2):
        EventRecorder(client, clock, "event-controller").record(component, "Warning", "RoleProbeFailed", "it failed")
    assert [event["metadata"]["name"] for event in client.list(EVENTS, "default")] == [
        f"c1-mysql.{SIMULATION_START * 1000:x}"
    ]


def test_a_long_name_leaves_room_for_the_time(client, recorder):
    name = "x" * 250 + ".yz"
    about = client.create(COMPONENTS, {"metadata": {"name": name, "namespace": "default"}, "spec": {}})
    recorder.record(about, "Normal", "Started", "it runs")
    (event,) = client.list(EVENTS, "default")
    assert len(event["metadata"]["name"]) == 253


def test_it_may_be_normal(client, recorder, component):
    recorder.record(component, "Normal", "Started", "it runs")
    (event,) = client.list(EVENTS, "default")
    assert event["type"] == "Normal"


def test_what_is_in_no_namespace_has_its_events_in_default(client, recorder):
    recorder.record(client.get(NAMESPACES, "", "kube-system"), "Normal", "Seen", "it is there")
    (event,) = client.list(EVENTS, "default")
    assert (event["involvedObject"]["name"], event["involvedObject"].get("namespace")) == ("kube-system", None)


@pytest.mark.parametrize(
    ("message", "cut"), [("x" * 5000, "x" * 1024), ("é" * 600, "é" * 512), ("x" + "é" * 600, "x" + "é" * 511)]
)
def test_a_long_message_is_cut_to_1024_bytes_between_characters(client, recorder, component, message, cut):
    recorder.record(component, "Warning", "RoleProbeFailed", message)
    (event,) = client.list(EVENTS, "default")
    assert event["message"] == cut


def test_an_event_that_is_refused_is_dropped(client, recorder, component, faults):
    faults.append(Refuse("POST", "/events", ServiceUnavailable("down")))
    recorder.record(component, "Warning", "RoleProbeFailed", "it failed")
    assert client.list(EVENTS, "default") == []


def test_an_event_without_an_answer_is_dropped(recorder, component, faults):
    def lost(request, handler):
        raise NoAnswer(f"{request.method} lost before {handler}")

    faults.append(lost)
    recorder.record(component, "Warning", "RoleProbeFailed", "it failed")
