"""An agent for each Pod that runs, none for one that is gone."""

import json

import pytest

from pytest_kbevents.api.resources import EVENTS, PODS

POD, OTHER = "c1-mysql-0", "c1-mysql-1"


def test_a_pod_whose_database_was_not_scripted_has_no_agent(pod, fleet, host, drive):
    pod()
    fleet()
    drive(host, 5)
    assert host.agents == []


def test_an_agent_starts_when_its_database_answers(pod, fleet, host, drive, events):
    pod()
    fleet().answer(POD)
    drive(host, 5)
    assert events() == [(POD, 1)]


def test_an_agent_starts_when_its_pod_comes(pod, fleet, host, drive, events):
    fleet().answer(POD)
    pod()
    drive(host, 5)
    assert events() == [(POD, 1)]


def test_without_its_pod_a_database_has_no_agent(fleet, host, drive):
    fleet().answer(POD)
    drive(host, 5)
    assert host.agents == []


def test_another_answer_starts_no_second_agent(pod, fleet, host):
    pod()
    made = fleet()
    made.answer(POD)
    before = list(host.agents)
    made.answer(POD, "secondary")
    assert host.agents == before


def test_an_agent_reports_what_its_database_answers_now(pod, fleet, host, drive, harness):
    pod()
    made = fleet()
    made.answer(POD)
    drive(host, 5)
    made.answer(POD, "secondary")
    drive(host, 5)
    outputs = [json.loads(event["message"])["output"] for event in harness.list(EVENTS, "ns")]
    assert sorted(outputs) == ["c2Vjb25kYXJ5", "cHJpbWFyeQ=="]


def test_an_event_names_pod_node_and_workload(pod, fleet, host, drive, harness):
    uid = pod()["metadata"]["uid"]
    fleet().answer(POD)
    drive(host, 5)
    (event,) = harness.list(EVENTS, "ns")
    said = event["involvedObject"]["uid"], event["source"]["host"], json.loads(event["message"])["instance"]
    assert said == (uid, "node-7", "c1-mysql")


@pytest.mark.parametrize("release", ["1.0.0", "main"])
def test_an_agent_stops_when_its_pod_is_deleted(pod, fleet, host, drive, harness):
    pod()
    fleet().answer(POD)
    drive(host, 5)
    harness.delete(PODS, "ns", POD, grace=0)
    drive(host, 5)
    assert host.agents == []


def test_an_agent_stops_when_its_pod_goes_down(pod, fleet, host, drive):
    pod()
    made = fleet()
    made.answer(POD)
    drive(host, 5)
    made.down(POD)
    assert host.agents == []


def test_a_pod_that_is_down_sends_nothing(pod, fleet, host, drive, events):
    pod()
    made = fleet()
    made.answer(POD)
    drive(host, 5)
    made.down(POD)
    drive(host, 100)
    assert events() == [(POD, 1)]


def test_a_pod_that_goes_down_twice_is_down(pod, fleet, host):
    pod()
    made = fleet()
    made.answer(POD)
    made.down(POD)
    made.down(POD)
    assert host.agents == []


def test_what_was_not_sent_dies_with_its_agent(pod, fleet, host, drive, events):
    pod()
    made = fleet()
    made.answer(POD)
    made.down(POD)
    drive(host, 100)
    assert events() == []


def test_a_restarted_agent_counts_the_old_event_on(pod, fleet, host, drive, events):
    pod()
    made = fleet()
    made.answer(POD)
    drive(host, 5)
    made.down(POD)
    made.answer(POD)
    drive(host, 5)
    assert events() == [(POD, 2)]


def test_a_pod_of_the_same_name_has_an_event_of_its_own(pod, fleet, host, drive, harness, events):
    pod()
    fleet().answer(POD)
    drive(host, 5)
    harness.delete(PODS, "ns", POD, grace=0)
    pod()
    drive(host, 5)
    assert events() == [(POD, 1), (POD, 1)]


def test_an_agent_takes_its_own_pod_only(pod, fleet, host, drive, harness, events):
    pod()
    pod(OTHER)
    made = fleet()
    made.answer(POD)
    made.answer(OTHER)
    drive(host, 5)
    harness.delete(PODS, "ns", POD, grace=0)
    drive(host, 12)
    assert sorted(events()) == [(POD, 1), (OTHER, 2)]


def test_agents_talk_to_events_alone(pod, fleet, host, drive, server):
    pod()
    made = fleet()
    made.answer(POD)
    drive(host, 20)
    asked = [entry.path for entry in server.audit.entries if entry.user_agent == f"kbagent/{POD}"]
    assert [path for path in asked if "/events" not in path] == []


def test_stopping_the_fleet_stops_every_agent(pod, fleet, host):
    pod()
    pod(OTHER)
    made = fleet()
    made.answer(POD)
    made.answer(OTHER)
    made.stop()
    assert host.agents == []
