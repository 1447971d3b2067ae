"""Two hundred agents on threads, over HTTP: each outcome of each becomes an Event, and none is lost."""

from collections import Counter

import pytest

from pytest_kbevents.agent.database.script import Conduct
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.clock import SECOND
from pytest_kbevents.cluster.local import Local
from pytest_kbevents.environment.workload import Probe, Workload
from pytest_kbevents.environment.world import Cast, World

AGENTS, PERIOD, SECONDS = 200, 3, 30
FLIPS = Conduct(sequence=["a", "b"], repeat=True)


@pytest.fixture
def world():
    local = Local()
    local.start()
    world = World(
        local, "many", Workload("c1", "mysql", AGENTS, probes={"flip": Probe(period=PERIOD)}), Cast("none", "fixed", 0)
    )
    yield world
    world.close()
    local.stop()


def told(world):
    """How often each Pod's outcomes were told."""
    counts = Counter()
    for event in world.history.state.list(EVENTS):
        counts[event["involvedObject"]["name"]] += event["count"]
    return counts


def runs(world):
    """How often each Pod's database was asked."""
    return Counter({pod: runner.database.runs("flip") for pod, runner in world._fleet._runners.items()})


def test_two_hundred_agents_lose_no_event_in_half_a_minute(world):
    for pod in world.workload.pods:
        world.tell(pod, actions={"flip": FLIPS})
    world.until(lambda: False, world.clock.micros() + SECONDS * SECOND)
    assert world.until(lambda: told(world) == runs(world), world.clock.micros() + 30 * SECOND), runs(world) - told(
        world
    )
    assert min(runs(world).values()) >= SECONDS // PERIOD - 2
