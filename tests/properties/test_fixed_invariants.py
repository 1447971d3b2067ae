"""The invariants of ``fixed`` in every stock scenario on many seeds, undisturbed, with a conflict on any single write,
and with a crash after any single write. ``--seeds 1000`` tries more than CI has time for.
"""

from pathlib import Path

import pytest

from properties import invariants
from pytest_kbevents.api import status
from pytest_kbevents.api.http import Response
from pytest_kbevents.clock import SECOND
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast, World
from pytest_kbevents.errors import Conflict
from pytest_kbevents.faults.crash import Crash
from pytest_kbevents.scenario import catalog, runner
from scenarios import LANDS_LATE

SCENARIOS = catalog.scenarios([catalog.shipped()], Path.cwd())
STOCK = [
    name
    for name, scenario in SCENARIOS.items()
    if scenario.says_of("fixed") == "passes"
    and not scenario.workload.controller  # whose controller is another release's
    and name != LANDS_LATE
]
CHUNK = 10
"""Seeds a test, so that workers share them evenly."""


class Nth:
    """A conflict instead of the controller's ``n``-th write; counts all of them."""

    def __init__(self, n=0):
        self.n, self.writes = n, 0

    def __call__(self, request, handler):
        if request.user_agent != "event-controller" or request.method == "GET":
            return handler(request)
        self.writes += 1
        if self.writes != self.n:
            return handler(request)
        return Response(409, status.failure(Conflict("the object has been modified")))


def perform(name, seed, *faults):
    """Run the scenario and let it settle; whether it passed, and the invariants it broke."""
    scenario = SCENARIOS[name]
    cast = Cast("reference", "fixed", seed)
    world = World(make("embedded"), f"kb-{name}", scenario.workload, cast)
    world.interceptors.extend(faults)
    try:
        verdict = runner.perform(scenario, world, cast)
        world.until(lambda: False, world.clock.micros() + 5 * SECOND)
        return verdict.passed, invariants.broken(world)
    finally:
        world.close()


def pytest_generate_tests(metafunc):
    if "seeds" in metafunc.fixturenames:
        count = metafunc.config.getoption("seeds")
        chunks = [range(first, min(first + CHUNK, count)) for first in range(0, count, CHUNK)]
        metafunc.parametrize("seeds", chunks, ids=lambda chunk: f"{chunk.start}-{chunk.stop - 1}")


@pytest.mark.parametrize("name", STOCK)
def test_invariants_hold_in_every_order_and_with_a_conflict_or_a_crash_at_any_write(name, seeds):
    found = {}
    for seed in seeds:
        counter = Nth()
        passed, problems = perform(name, seed, counter)
        if not passed or problems:
            found[seed] = problems or "it does not pass"
        nth = 1 + seed % max(counter.writes, 1)
        for fault in (Nth(nth), Crash(nth)):
            _, problems = perform(name, seed, fault)
            if problems:
                found[seed, nth, type(fault).__name__] = problems
    assert found == {}
