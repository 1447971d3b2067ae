"""``component: NAME, available: ...``."""

import pytest

from pytest_kbevents.api.http import MODIFIED
from pytest_kbevents.api.resources import COMPONENTS, EVENTS, PODS
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.component import ComponentAvailable

READY = {"type": "Available", "status": "True", "reason": "Available", "message": "all replicas are available"}


def subject(**said):
    return ComponentAvailable.model_validate({"component": "c1-mysql", "available": "True", **said})


def component(*conditions):
    return {"metadata": {"name": "c1-mysql", "namespace": "ns"}, "status": {"conditions": list(conditions)}}


def state(found):
    return State({(COMPONENTS.qualified, ("ns", "c1-mysql")): found})


def look(found, **said):
    return subject(**said).observe(state(found), "ns")


def test_it_holds_when_the_condition_has_the_status():
    assert look(component(READY)).holds


def test_another_status_does_not_hold_and_is_shown():
    seen = look(component({**READY, "status": "False"}))
    assert (seen.holds, seen.seen) == (False, {"available": "False"})


def test_conditions_of_other_types_do_not_matter():
    assert look(component({"type": "Progressing", "status": "False"}, READY)).holds


@pytest.mark.parametrize("field", ["reason", "message"])
def test_a_reason_or_message_matters_where_it_is_given(field):
    assert not look(component(READY), **{field: "another"}).holds


def test_a_reason_and_a_message_that_are_right_hold():
    assert look(component(READY), reason="Available", message="all replicas are available").holds


def test_a_condition_without_a_reason_has_an_empty_one():
    assert look(component({"type": "Available", "status": "True"}), reason="").holds


@pytest.mark.parametrize("found", [component(), {"metadata": {"name": "c1-mysql"}}, {"metadata": {}, "status": None}])
def test_null_holds_where_there_is_no_condition(found):
    assert look(found, available=None).holds


def test_null_does_not_hold_where_there_is_one():
    assert not look(component(READY), available=None).holds


@pytest.mark.parametrize("available", ["True", None])
def test_a_component_that_is_gone_never_holds(available):
    seen = subject(available=available).observe(State(), "ns")
    assert (seen.holds, seen.seen) == (False, None)


def test_a_component_of_another_namespace_is_not_meant():
    assert not subject().observe(state(component(READY)), "other").holds


@pytest.mark.parametrize(
    ("resource", "name", "concerned"),
    [(COMPONENTS, "c1-mysql", True), (COMPONENTS, "c1-redis", False), (EVENTS, "any", True), (PODS, "c1-mysql", False)],
)
def test_itself_and_events_are_worth_showing(resource, name, concerned):
    revision = Revision(1, 0, MODIFIED, resource, {"metadata": {"name": name}}, None)
    assert subject().concerns(revision) == concerned


@pytest.mark.parametrize(
    ("available", "sentence"),
    [("False", "Component c1-mysql has Available False"), (None, "Component c1-mysql has no Available")],
)
def test_it_is_said_in_words(available, sentence):
    assert subject(available=available).sentence() == sentence
