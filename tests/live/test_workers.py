"""How many Events are worked on side by side: a write that is held up shows it (KB-R30)."""

import threading

import pytest

from pytest_kbevents.agent.database.script import Conduct
from pytest_kbevents.api.names import ROLE_LABEL
from pytest_kbevents.api.objects import labels_of
from pytest_kbevents.api.resources import PODS
from pytest_kbevents.clock import SECOND
from pytest_kbevents.cluster.local import Local
from pytest_kbevents.environment.workload import Role, Workload
from pytest_kbevents.environment.world import Cast, World

HELD, OTHER = "c1-mysql-0", "c1-mysql-1"


class Held:
    """A controller's write of one Pod waits until it is let go."""

    def __init__(self):
        self.reached, self._go = threading.Event(), threading.Event()

    def __call__(self, request, handler):
        if request.method == "PUT" and request.path.endswith(HELD) and request.user_agent == "event-controller":
            self.reached.set()
            self._go.wait(60)
        return handler(request)

    def let_go(self):
        self._go.set()


@pytest.fixture
def world_of():
    backend = Local()
    backend.start()
    worlds = []

    def make(release):
        workload = Workload("c1", "mysql", 2, [Role("primary", exclusive=True), Role("secondary")], {})
        worlds.append(World(backend, "workers", workload, Cast("reference", release, 0)))
        return worlds[-1]

    yield make
    for world in worlds:
        world.close()
    backend.stop()


@pytest.mark.parametrize(("release", "beside"), [("1.0.0", False), ("1.0.2", True)])
def test_another_pods_event_waits_for_a_held_write_or_not(world_of, release, beside):
    world, held = world_of(release), Held()
    world.interceptors.append(held)

    def labelled():
        pod = world.history.state.get(PODS, (world.namespace, OTHER))
        return pod is not None and labels_of(pod).get(ROLE_LABEL) == "secondary"

    try:
        world.tell(HELD, actions={"roleProbe": Conduct(output="primary")})
        assert world.until(held.reached.is_set, world.clock.micros() + 30 * SECOND)
        world.tell(OTHER, actions={"roleProbe": Conduct(output="secondary")})
        patience = 30 if beside else 3  # the Event itself takes a second
        assert world.until(labelled, world.clock.micros() + patience * SECOND) is beside
    finally:
        held.let_go()
    assert world.until(labelled, world.clock.micros() + 30 * SECOND)
