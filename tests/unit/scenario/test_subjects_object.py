"""``object: {kind, name}, matches: {...}``."""

import pytest

from pytest_kbevents.api.http import MODIFIED
from pytest_kbevents.api.resources import CONFIG_MAPS, PODS
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.object import ObjectMatches

FOUND = {"metadata": {"name": "c", "annotations": {"a": "1"}}, "data": {"n": 1}}


def subject(matches):
    return ObjectMatches.model_validate({"object": {"kind": "ConfigMap", "name": "c"}, "matches": matches})


def look(matches, found=FOUND):
    state = State({(CONFIG_MAPS.qualified, ("ns", "c")): found})
    return subject(matches).observe(state, "ns")


@pytest.mark.parametrize(
    "matches",
    [
        {},
        {"metadata": {"name": "c"}},
        {"metadata": {"annotations": {"b": None}}},
        {"metadata": {"labels": {"b": None}}},
        {"metadata": {"labels": None}},
        {"status": {"deep": {"inside": None}}},
    ],
)
def test_it_holds_when_what_is_spoken_of_is_so(matches):
    assert look(matches).holds


@pytest.mark.parametrize(
    "matches",
    [
        None,
        {"metadata": {"name": "d"}},
        {"metadata": {"annotations": {"a": None}}},
        {"metadata": {"annotations": None}},
        {"metadata": {"labels": {"b": "1"}}},
        {"data": {"n": "1"}},
        {"data": {"n": True}},
        {"data": {"n": 1.0}},
    ],
)
def test_it_does_not_hold_when_it_is_otherwise(matches):
    assert not look(matches).holds


def test_only_the_part_that_is_spoken_of_is_shown():
    assert look({"data": {"n": 2}}).seen == {"data": {"n": 1}}


def test_an_object_that_should_be_gone_is_shown_whole():
    assert look(None).seen == FOUND


def test_null_holds_when_the_object_is_gone():
    assert subject(None).observe(State(), "ns").holds


@pytest.mark.parametrize("matches", [{}, {"metadata": None}, {"metadata": {"labels": {"a": None}}}])
def test_of_an_object_that_is_gone_nothing_holds(matches):
    seen = subject(matches).observe(State(), "ns")
    assert (seen.holds, seen.seen) == (False, None)


@pytest.mark.parametrize(
    ("resource", "name", "concerned"), [(CONFIG_MAPS, "c", True), (CONFIG_MAPS, "d", False), (PODS, "c", False)]
)
def test_itself_alone_is_worth_showing(resource, name, concerned):
    revision = Revision(1, 0, MODIFIED, resource, {"metadata": {"name": name}}, None)
    assert subject({}).concerns(revision) == concerned


@pytest.mark.parametrize(("matches", "sentence"), [({}, "ConfigMap c matches"), (None, "ConfigMap c is gone")])
def test_it_is_said_in_words(matches, sentence):
    assert subject(matches).sentence() == sentence
