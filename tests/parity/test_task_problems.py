"""Known problems of task Events: each shows on main, and no longer on fixed."""

import json

import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS, INSTANCE_SETS
from pytest_kbevents.errors import Conflict
from pytest_kbevents.faults.refuse import Refuse

TWO, THREE = "c1-mysql-2", "c1-mysql-3"
ZERO = "0001-01-01T00:00:00Z"


def listed(uid="2", replicas=f"{TWO},{THREE}"):
    remote = {"remote": "c1-mysql-0.c1-mysql-headless", "port": 3502, "replicas": replicas}
    task = {"instance": "c1-mysql", "task": "newReplica", "UID": uid, "replicas": replicas, "newReplica": remote}
    return {"data": {"KB_AGENT_TASK": json.dumps([task])}}


def noted(*names, loaded=False):
    entries = [
        {"name": name, "generation": "2", "creationTimestamp": "2026-01-01T00:00:00Z", "dataLoaded": loaded}
        for name in names
    ]
    text = json.dumps({"replicas": 4, "status": entries})
    return {"metadata": {"annotations": {"apps.kubeblocks.io/replicas-status": text}}}


@pytest.fixture
def scaled_out(component_world):
    """A world in which task "2" makes replicas 2 and 3."""

    def make(release, tasks=None, replicas=None):
        world = component_world(release)
        world.patch(CONFIG_MAPS, listed() if tasks is None else tasks)
        world.patch(INSTANCE_SETS, noted(TWO, THREE) if replicas is None else replicas)
        return world

    return make


def waiting(world):
    """The replicas that a task still names."""
    return [task["replicas"] for task in json.loads(world.tasks())]


def state(world, name=THREE):
    """Whether the replica has its data, and what is said of it."""
    status = json.loads(world.status_of_replicas() or '{"status":[]}')["status"]
    return next(((entry["dataLoaded"], entry.get("message", "")) for entry in status if entry["name"] == name), None)


@pytest.mark.parametrize(("release", "expected"), [("main", [[], True]), ("fixed", [[THREE], False])])
def test_o_10_a_an_old_event_does_not_finish_a_new_task(scaled_out, release, expected):
    world = scaled_out(release, replicas=noted(TWO))
    world.task(replica=THREE)
    world.settle(1)
    world.patch(CONFIG_MAPS, listed("5", THREE))
    world.patch(INSTANCE_SETS, noted(TWO, THREE))
    world.wait(30)
    assert [waiting(world), state(world)[0]] == expected


@pytest.mark.parametrize(("release", "expected"), [("main", (False, "")), ("fixed", (True, ""))])
def test_o_10_b_progress_after_the_end_is_late(scaled_out, release, expected):
    world = scaled_out(release)
    world.task(replica=THREE)
    world.settle(0)
    world.task(replica=THREE, end=ZERO)
    world.settle(1)
    assert state(world) == expected


@pytest.mark.parametrize(("release", "expected"), [("main", (True, "boom")), ("fixed", (True, ""))])
def test_o_10_c_a_failure_after_success_is_late(scaled_out, release, expected):
    world = scaled_out(release)
    world.task(replica=THREE)
    world.settle(0)
    world.task(replica=THREE, code=-1, message="boom")
    world.settle(1)
    assert state(world) == expected


@pytest.mark.parametrize("release", ["1.0.0", "main", "fixed"])
@pytest.mark.parametrize("path", ["/configmaps/c1-mysql-env", "/instancesets/c1-mysql"])
@pytest.mark.parametrize("carried_out", [False, True])
def test_o_10_d_a_write_that_failed_is_made_good(scaled_out, release, path, carried_out):
    world = scaled_out(release)
    world.faults.append(Refuse("PUT", path, Conflict("changed"), carried_out=carried_out))
    world.task(replica=THREE)
    world.settle(5)
    assert (waiting(world), state(world)) == ([TWO], (True, ""))


@pytest.mark.parametrize(("release", "expected"), [("main", (True, "")), ("fixed", (False, ""))])
def test_o_08_a_task_of_the_pod_that_was_there_before_does_not_count(scaled_out, release, expected):
    world = scaled_out(release)
    world.task(replica=THREE, uid="22222222-2222-2222-2222-222222222222")
    world.settle(1)
    assert state(world) == expected


@pytest.mark.parametrize(("release", "expected"), [("main", None), ("fixed", "1")])
@pytest.mark.parametrize("event", [{"raw": "{"}, {"task": "dropReplica"}])
def test_o_11_what_can_never_be_acted_on_is_consumed(scaled_out, release, expected, event):
    world = scaled_out(release)
    key = world.task(replica=THREE, **event)
    world.wait(60)
    assert world.marked(key) == expected


@pytest.mark.parametrize(
    ("event", "tasks", "about"),
    [
        ({"raw": "{"}, None, ("Pod", "c1-mysql-0")),
        ({"task": "dropReplica"}, None, ("Pod", "c1-mysql-0")),
        ({}, {"data": {"KB_AGENT_TASK": "x"}}, ("InstanceSet", "c1-mysql")),
    ],
)
def test_o_11_the_warning_is_about_whom_it_concerns(scaled_out, event, tasks, about):
    world = scaled_out("fixed", tasks=tasks)
    world.task(replica=THREE, **event)
    world.settle(1)
    (warning,) = world.warnings()
    assert (warning["involvedObject"]["kind"], warning["involvedObject"]["name"]) == about


@pytest.mark.parametrize(("release", "expected"), [("main", (False, "")), ("fixed", (True, ""))])
def test_o_30_a_config_map_that_comes_later_is_waited_for(component_world, release, expected):
    world = component_world(release)
    world.patch(INSTANCE_SETS, noted(TWO, THREE))
    world.take_away(CONFIG_MAPS)
    world.task(replica=THREE)
    world.settle(1)
    world.create_config_map(listed())
    world.wait(30)
    assert state(world) == expected


@pytest.mark.parametrize(("release", "expected"), [("main", (False, "")), ("fixed", (True, ""))])
def test_o_30_an_instance_set_that_comes_later_is_waited_for(component_world, release, expected):
    world = component_world(release)
    world.patch(CONFIG_MAPS, listed())
    world.take_away(INSTANCE_SETS)
    world.task(replica=THREE)
    world.settle(1)
    world.create_instance_set(noted(TWO, THREE))
    world.wait(30)
    assert state(world) == expected


@pytest.mark.parametrize(("release", "expected"), [("main", [TWO]), ("fixed", [f"{TWO},{THREE}"])])
def test_o_30_nothing_is_written_for_a_replica_that_is_not_listed(scaled_out, release, expected):
    world = scaled_out(release, replicas=noted(TWO))
    world.task(replica=THREE)
    world.settle(1)
    assert waiting(world) == expected


def test_o_30_a_replica_that_is_listed_later_is_waited_for(scaled_out):
    world = scaled_out("fixed", replicas=noted(TWO))
    world.task(replica=THREE)
    world.settle(1)
    world.patch(INSTANCE_SETS, noted(TWO, THREE))
    world.wait(30)
    assert state(world) == (True, "")


def test_o_30_nobody_waits_for_a_pod_that_is_gone(scaled_out):
    world = scaled_out("fixed", replicas=noted(TWO))
    key = world.task(replica=THREE)
    world.settle(1)
    world.take_away("pod")
    world.wait(30)
    assert world.marked(key) == "1"
