"""Nothing happens for free, and waiting is nearly free."""

from pytest_kbevents.agent.database.script import Conduct
from pytest_kbevents.clock import SECOND
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.workload import Role, Workload
from pytest_kbevents.environment.world import Cast, World


def idle_world():
    workload = Workload("c1", "mysql", 3, [Role("primary", exclusive=True)], {"mysql-rw": "primary"})
    world = World(make("embedded"), "idle", workload, Cast("reference", "fixed", 0))
    world.tell("c1-mysql-0", actions={"roleProbe": Conduct(output="primary")})
    world.until(lambda: False, world.clock.micros() + 5 * SECOND)
    return world


def test_60_simulated_seconds_of_an_idle_cluster_are_a_few_steps():
    world = idle_world()
    before = world.driver.steps
    world.until(lambda: False, world.clock.micros() + 60 * SECOND)
    assert world.driver.steps - before < 200  # 60 probes, and a report each 15 s


def test_the_clock_reaches_the_deadline_and_not_beyond_a_step():
    world = idle_world()
    deadline = world.clock.micros() + 60 * SECOND
    world.until(lambda: False, deadline)
    assert deadline <= world.clock.micros() < deadline + SECOND // 100
