"""``recorded: REASON, about: NAME, times: N``."""

import pytest

from pytest_kbevents.api.http import MODIFIED
from pytest_kbevents.api.resources import EVENTS, PODS
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.recorded import Recorded


def subject(times):
    return Recorded(recorded="RoleProbeFailed", about="c1-mysql", times=times)


def event(**changed):
    return {
        "metadata": {"namespace": changed.pop("namespace", "ns")},
        "involvedObject": {"kind": "Component", "name": "c1-mysql"},
        "reason": "RoleProbeFailed",
        "reportingComponent": "event-controller",
        "count": 1,
        **changed,
    }


def look(times, *events):
    objects = {(EVENTS.qualified, ("ns", str(number))): each for number, each in enumerate(events)}
    return subject(times).observe(State(objects), "ns")


def test_the_counts_of_all_events_add_up():
    assert look(5, event(count=2), event(count=3)).holds


@pytest.mark.parametrize("count", [None, 0])
def test_an_event_without_a_count_is_one(count):
    assert look(1, event(count=count)).holds


@pytest.mark.parametrize("times", [1, 3])
def test_more_or_fewer_do_not_hold_and_are_shown(times):
    seen = look(times, event(count=2))
    assert (seen.holds, seen.seen) == (False, {"times": 2})


def test_never_holds_when_there_is_none():
    assert look(0).holds


@pytest.mark.parametrize(
    "other",
    [
        {"reason": "ProbeCheckFail"},
        {"involvedObject": {"name": "c1-redis"}},
        {"involvedObject": None},
        {"reportingComponent": "kbagent"},
        {"reportingComponent": "lorry"},
        {"namespace": "other"},
    ],
    ids=["reason", "object", "no object", "kbagent's", "lorry's", "namespace"],
)
def test_another_event_does_not_count(other):
    assert look(0, event(**other)).holds


def test_who_does_not_say_its_name_is_no_agent():
    assert look(1, event(reportingComponent=None)).holds


@pytest.mark.parametrize(
    ("resource", "obj", "concerned"),
    [(EVENTS, event(), True), (EVENTS, event(reason="Other"), False), (PODS, event(), False)],
)
def test_such_events_alone_are_worth_showing(resource, obj, concerned):
    assert subject(1).concerns(Revision(1, 0, MODIFIED, resource, obj, None)) == concerned


def test_it_is_said_in_words():
    assert subject(2).sentence() == "RoleProbeFailed is recorded 2 times about c1-mysql"
