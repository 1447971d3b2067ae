"""One thread watches: actors that are due take their steps side by side, and the same one again while it is due."""

import threading

import pytest

from pytest_kbevents.clock import SECOND, WallClock
from pytest_kbevents.environment.bell import Bell
from pytest_kbevents.environment.threads import Threads


class Counter:
    """Due until it has counted so far."""

    name = "counter"

    def __init__(self, until, step=lambda: None):
        self.count, self._until, self._step = 0, until, step

    def due(self):
        return 0 if self.count < self._until else None

    def step(self):
        self._step()
        self.count += 1


@pytest.fixture
def driver():
    driver = Threads(WallClock(), Bell(), drain=lambda: False)
    yield driver
    driver.close()


def soon(driver, predicate):
    clock = WallClock()
    return driver.until(predicate, clock.micros() + 30 * SECOND)


def test_an_actor_that_stays_due_goes_on(driver):
    actor = Counter(500)
    driver.add(actor)
    assert soon(driver, lambda: actor.count == 500)


def test_an_actor_that_stays_due_does_not_keep_another_from_its_step(driver):
    release = threading.Event()
    busy, other = Counter(10**9), Counter(1, release.set)
    driver.add(busy)
    driver.add(other)
    assert soon(driver, release.is_set)


def test_a_step_that_waits_does_not_keep_another_from_its_step(driver):
    release = threading.Event()
    waiting, other = Counter(1, lambda: release.wait(30)), Counter(1, release.set)
    driver.add(waiting)
    driver.add(other)
    assert soon(driver, lambda: waiting.count == other.count == 1)


def test_an_actor_that_was_removed_in_its_step_takes_no_other(driver):
    actor = Counter(10**9, lambda: driver.remove(actor))
    driver.add(actor)
    last = Counter(1)
    driver.add(last)
    assert soon(driver, lambda: last.count == 1 and actor.count >= 1)
    assert actor.count == 1


def test_a_failure_is_raised_once_and_the_others_go_on(driver):
    def fail():
        raise RuntimeError("a mistake")

    driver.add(Counter(1, fail))
    with pytest.raises(RuntimeError, match="a mistake"):
        soon(driver, lambda: False)
    actor = Counter(3)
    driver.add(actor)
    assert soon(driver, lambda: actor.count == 3)
