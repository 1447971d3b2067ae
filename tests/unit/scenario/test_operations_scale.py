"""``scale``: what is written for new replicas, and what is taken away with those that go."""

import json

import pytest

from pytest_kbevents.api.names import REPLICAS_STATUS_ANNOTATION
from pytest_kbevents.api.objects import annotations_of, name_of
from pytest_kbevents.api.resources import COMPONENTS, CONFIG_MAPS, INSTANCE_SETS, PODS
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.workload import LifecycleAction, Role, Workload
from pytest_kbevents.environment.world import Cast, World
from pytest_kbevents.errors import InputError

DATA = {"dataDump": LifecycleAction(), "dataLoad": LifecycleAction(), "memberJoin": LifecycleAction()}


@pytest.fixture
def world_of():
    """A world without a controller, so that what was written stays."""
    worlds = []

    def make_world(replicas=3, actions=DATA):
        workload = Workload("c1", "mysql", replicas, [Role("primary")], actions=actions)
        worlds.append(World(make("embedded"), "ns", workload, Cast("none", "fixed", 0)))
        return worlds[-1]

    yield make_world
    for world in worlds:
        world.close()


def task(world):
    data = world.client.get(CONFIG_MAPS, "ns", "c1-mysql-env").get("data") or {}
    return json.loads(data.get("KB_AGENT_TASK", "[]"))


def status(world):
    text = annotations_of(world.client.get(INSTANCE_SETS, "ns", "c1-mysql"))[REPLICAS_STATUS_ANNOTATION]
    return json.loads(text)


def pods(world):
    return [name_of(pod) for pod in world.client.list(PODS, "ns")]


def test_one_task_is_written_for_all_new_replicas(world_of):
    world = world_of()
    world.scale(5)
    assert task(world) == [
        {
            "instance": "c1-mysql",
            "task": "newReplica",
            "UID": "2",
            "replicas": "c1-mysql-3,c1-mysql-4",
            "notifyAtFinish": True,
            "reportPeriodSeconds": 60,
            "newReplica": {
                "remote": "c1-mysql-0.c1-mysql-headless.ns.svc.cluster.local",
                "port": 3502,
                "replicas": "c1-mysql-3,c1-mysql-4",
            },
        }
    ]


def test_the_task_s_uid_is_the_component_s_generation(world_of):
    world = world_of()
    world.scale(4)
    world.scale(5)
    generation = world.client.get(COMPONENTS, "ns", "c1-mysql")["metadata"]["generation"]
    assert task(world)[0]["UID"] == str(generation) == "3"


def test_each_new_replica_has_an_entry(world_of):
    world = world_of()
    world.scale(4)
    assert status(world) == {
        "replicas": 4,
        "status": [
            {
                "name": "c1-mysql-3",
                "generation": "2",
                "creationTimestamp": "2026-01-01T00:00:00Z",
                "provisioned": False,
                "dataLoaded": False,
                "memberJoined": False,
            }
        ],
    }


def test_without_data_actions_there_is_no_task(world_of):
    world = world_of(actions={})
    world.scale(4)
    assert (task(world), [sorted(entry) for entry in status(world)["status"]]) == (
        [],
        [["creationTimestamp", "generation", "name", "provisioned"]],
    )


def test_replicas_that_still_load_are_in_the_next_task_too(world_of):
    world = world_of()
    world.scale(4)
    world.scale(5)
    assert task(world)[0]["replicas"] == "c1-mysql-3,c1-mysql-4"


def test_a_replica_that_still_loads_is_no_source(world_of):
    world = world_of(1)
    world.scale(2)
    world.client.delete(PODS, "ns", "c1-mysql-0", grace=0)
    with pytest.raises(InputError, match="no available pod to dump data"):
        world.scale(3)


def test_scaling_in_takes_the_last_replicas_and_their_entries(world_of):
    world = world_of()
    world.scale(5)
    world.scale(4)
    assert (pods(world)[-1], [entry["name"] for entry in status(world)["status"]]) == ("c1-mysql-3", ["c1-mysql-3"])


def test_a_new_pod_waits_for_its_worker(world_of):
    world = world_of()
    world.scale(4)
    assert world.client.get(PODS, "ns", "c1-mysql-3")["status"]["phase"] == "Pending"


def test_a_pod_whose_worker_is_done_runs(world_of):
    world = world_of()
    world.scale(4)
    deadline = world.clock.micros() + 10_000_000
    ready = lambda: world.history.state.get(PODS, ("ns", "c1-mysql-3"))["status"]["phase"] == "Running"  # noqa: E731
    world.catch_up()
    assert world.until(ready, deadline)


def test_the_data_is_the_source_s(world_of):
    world = world_of(1)
    world.scale(2)
    world.until(lambda: False, world.clock.micros() + 10_000_000)
    world.catch_up()
    runners = world._fleet._runners
    assert runners["c1-mysql-1"].database.data == runners["c1-mysql-0"].database.data == b"data of c1-mysql-0\n"


@pytest.mark.parametrize("broken", ["nonsense", "{}", '{"status": null}', '{"status": [{}]}', "[]"])
def test_a_status_that_somebody_broke_is_told(world_of, broken):
    world = world_of()
    patch = {"metadata": {"annotations": {REPLICAS_STATUS_ANNOTATION: broken}}}
    world.client.patch(INSTANCE_SETS, "ns", "c1-mysql", patch)
    with pytest.raises(InputError, match="replicas-status cannot be read"):
        world.scale(4)
