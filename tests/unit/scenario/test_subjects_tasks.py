"""``tasks: NAME, replicas: [PODS]``."""

import json

import pytest

from pytest_kbevents.api.http import MODIFIED
from pytest_kbevents.api.resources import CONFIG_MAPS, EVENTS, INSTANCE_SETS, PODS
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.tasks import Tasks

TWO = json.dumps([{"replicas": "c1-mysql-1,c1-mysql-2"}, {"replicas": "c1-mysql-0"}])


def subject(*replicas):
    return Tasks(tasks="c1-mysql", replicas=list(replicas))


def look(text, *replicas):
    data = {} if text is None else {"KB_AGENT_TASK": text}
    state = State({(CONFIG_MAPS.qualified, ("ns", "c1-mysql-env")): {"data": data}})
    return subject(*replicas).observe(state, "ns")


def test_the_replicas_of_all_tasks_count_in_any_order():
    assert look(TWO, "c1-mysql-2", "c1-mysql-0", "c1-mysql-1").holds


@pytest.mark.parametrize("replicas", [["c1-mysql-0"], [], ["c1-mysql-0", "c1-mysql-1", "c1-mysql-2", "c1-mysql-3"]])
def test_others_than_there_are_do_not_hold(replicas):
    assert not look(TWO, *replicas).holds


@pytest.mark.parametrize("text", ["[]", "", None, '[{"replicas": ""}]'])
def test_an_empty_list_holds_when_no_task_is_left(text):
    assert look(text).holds


@pytest.mark.parametrize(
    "text", ["{}", '""', "null", "5", "{", '["c1-mysql-0"]', '[{"replicas": 5}]', "[{}]", "[null]"]
)
def test_what_is_no_list_of_tasks_is_not_an_empty_one_and_is_shown(text):
    seen = look(text)
    assert (seen.holds, seen.seen) == (False, {"replicas": text})


@pytest.mark.parametrize("found", [{}, {"data": None}])
def test_a_config_map_without_data_has_no_task(found):
    state = State({(CONFIG_MAPS.qualified, ("ns", "c1-mysql-env")): found})
    assert subject().observe(state, "ns").holds


def test_a_config_map_that_is_gone_never_holds():
    seen = subject().observe(State(), "ns")
    assert (seen.holds, seen.seen) == (False, None)


@pytest.mark.parametrize(
    ("resource", "name", "concerned"),
    [
        (CONFIG_MAPS, "c1-mysql-env", True),
        (CONFIG_MAPS, "other", False),
        (EVENTS, "any", True),
        (INSTANCE_SETS, "any", True),
        (PODS, "any", False),
    ],
)
def test_the_environment_its_owner_and_events_are_worth_showing(resource, name, concerned):
    revision = Revision(1, 0, MODIFIED, resource, {"metadata": {"name": name}}, None)
    assert subject().concerns(revision) == concerned


@pytest.mark.parametrize(("replicas", "who"), [(["a", "b"], "a, b"), ([], "nobody")])
def test_it_is_said_in_words(replicas, who):
    assert subject(*replicas).sentence() == f"tasks of c1-mysql are left for {who}"
