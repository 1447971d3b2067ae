"""``replica: POD, loaded: ...``."""

import json

import pytest

from pytest_kbevents.api.http import MODIFIED
from pytest_kbevents.api.names import REPLICAS_STATUS_ANNOTATION
from pytest_kbevents.api.resources import EVENTS, INSTANCE_SETS, PODS
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.replica import Replica


def subject(**said):
    return Replica.model_validate({"replica": "c1-mysql-1", "loaded": True, **said})


def state(text, namespace="ns"):
    metadata = {"name": "c1-mysql", "namespace": namespace, "annotations": {REPLICAS_STATUS_ANNOTATION: text}}
    return State({(INSTANCE_SETS.qualified, (namespace, "c1-mysql")): {"metadata": metadata}})


def look(entry, **said):
    entries = [{"name": "c1-mysql-0", "dataLoaded": True, "message": "another's"}, entry]
    return subject(**said).observe(state(json.dumps({"status": entries})), "ns")


@pytest.mark.parametrize("loaded", [True, False])
def test_it_holds_when_the_entry_says_so(loaded):
    assert look({"name": "c1-mysql-1", "dataLoaded": loaded}, loaded=loaded).holds


def test_the_other_does_not_hold_and_is_shown():
    seen = look({"name": "c1-mysql-1", "dataLoaded": False})
    assert (seen.holds, seen.seen) == (False, {"loaded": False})


@pytest.mark.parametrize("entry", [{}, {"dataLoaded": None}])
def test_an_entry_that_does_not_say_is_not_loaded(entry):
    assert look({"name": "c1-mysql-1", **entry}, loaded=False).holds


@pytest.mark.parametrize(("message", "holds"), [("exit status 1", True), ("another", False)])
def test_a_message_matters_where_it_is_given(message, holds):
    entry = {"name": "c1-mysql-1", "dataLoaded": False, "message": "exit status 1"}
    assert look(entry, loaded=False, message=message).holds == holds


def test_an_entry_without_a_message_has_an_empty_one():
    assert look({"name": "c1-mysql-1", "dataLoaded": True}, message="").holds


@pytest.mark.parametrize("loaded", [True, False])
def test_a_replica_without_an_entry_is_neither_loaded_nor_not(loaded):
    assert not look({"name": "c1-mysql-2", "dataLoaded": loaded}, loaded=loaded).holds


def test_null_holds_where_there_is_no_entry():
    assert look({"name": "c1-mysql-2"}, loaded=None).holds


def test_null_does_not_hold_where_there_is_one():
    assert not look({"name": "c1-mysql-1"}, loaded=None).holds


def test_a_message_of_an_entry_that_is_not_there_does_not_hold():
    assert not look({"name": "c1-mysql-2"}, loaded=None, message="").holds


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "5", "{}", '{"status": 5}', '{"status": null}', '{"status": "c1"}', '{"status": [5]}'],
)
def test_what_is_no_status_has_no_entry(text):
    assert subject(loaded=None).observe(state(text), "ns").holds


def test_another_namespace_is_not_looked_at():
    text = json.dumps({"status": [{"name": "c1-mysql-1", "dataLoaded": True}]})
    assert not subject().observe(state(text, "other"), "ns").holds


@pytest.mark.parametrize(("resource", "concerned"), [(INSTANCE_SETS, True), (EVENTS, True), (PODS, False)])
def test_instance_sets_and_events_are_worth_showing(resource, concerned):
    revision = Revision(1, 0, MODIFIED, resource, {"metadata": {"name": "any"}}, None)
    assert subject().concerns(revision) == concerned


@pytest.mark.parametrize(("loaded", "what"), [(True, "its data"), (False, "no data yet"), (None, "no entry")])
def test_it_is_said_in_words(loaded, what):
    assert subject(loaded=loaded).sentence() == f"replica c1-mysql-1 has {what}"
