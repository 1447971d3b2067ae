"""A scale-out where the bytes really travel: over loopback, from one agent's streaming port to another's worker."""

import pytest

from needs import ENVTEST
from pytest_kbevents.agent.database.script import Conduct
from pytest_kbevents.api.names import REPLICAS_STATUS_ANNOTATION, TASK_ENV
from pytest_kbevents.api.objects import annotations_of
from pytest_kbevents.api.resources import CONFIG_MAPS, INSTANCE_SETS, PODS
from pytest_kbevents.clock import SECOND
from pytest_kbevents.cluster import backends
from pytest_kbevents.environment.workload import LifecycleAction, Role, Workload
from pytest_kbevents.environment.world import Cast, World

SIZE = 3_000_000
NEW = ("c1-mysql-3", "c1-mysql-4")
WORKLOAD = Workload(
    "c1",
    "mysql",
    3,
    [Role("primary", exclusive=True), Role("secondary")],
    actions={"dataDump": LifecycleAction(), "dataLoad": LifecycleAction()},
)


@pytest.fixture(scope="module", params=["embedded", "local", pytest.param("envtest", marks=ENVTEST)])
def world(request):
    """Three replicas that have become five."""
    backend = backends.make(request.param)
    backend.start()
    world = World(backend, "scaled", WORKLOAD, Cast("reference", "main", 0))
    try:
        world.tell("c1-mysql-0", actions={"dataDump": Conduct(output="data", size=SIZE)})
        world.catch_up()
        world.scale(5)
        assert world.until(lambda: phases(world) == {"Running"}, world.clock.micros() + 60 * SECOND)
        assert world.until(lambda: tasks(world) == "[]", world.clock.micros() + 60 * SECOND)
        yield world
    finally:
        world.close()
        backend.stop()


def found(world, resource, name):
    return world.history.state.get(resource, (world.namespace, name))


def phases(world):
    return {(found(world, PODS, name) or {}).get("status", {}).get("phase") for name in NEW}


def tasks(world):
    return (found(world, CONFIG_MAPS, "c1-mysql-env").get("data") or {}).get(TASK_ENV)


@pytest.mark.parametrize("name", NEW)
def test_a_new_replica_has_every_byte(world, name):
    runners = world._fleet._runners
    assert runners[name].database.data == b"data" + (bytes(range(256)) * (SIZE // 256 + 1))[:SIZE]


def test_nothing_is_left_to_do(world):
    assert tasks(world) == "[]"


@pytest.mark.parametrize("name", NEW)
def test_the_status_of_a_new_replica_is_complete(world, name):
    world.catch_up()
    text = annotations_of(found(world, INSTANCE_SETS, "c1-mysql"))[REPLICAS_STATUS_ANNOTATION]
    assert f'"name":"{name}"' in text
    assert '"dataLoaded":false' not in text
    assert text.count('"provisioned":true,"dataLoaded":true') == len(NEW)
