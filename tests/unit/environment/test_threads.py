"""The live driver."""

import threading

import pytest

from pytest_kbevents.clock import SECOND, WallClock
from pytest_kbevents.environment.threads import Bell, Threads


class Once:
    """Has one thing to do as soon as it is told."""

    name = "once"

    def __init__(self, act=lambda: None):
        self.told = False
        self.done = threading.Event()
        self.act = act

    def due(self):
        return 0 if self.told and not self.done.is_set() else None

    def step(self):
        self.act()
        self.done.set()


@pytest.fixture
def driver():
    bell = Bell()
    driver = Threads(WallClock(), bell, lambda: False)
    driver.bell = bell
    yield driver
    driver.close()


def soon():
    return WallClock().micros() + 20 * SECOND


def test_the_bell_wakes_an_actor_that_waits(driver):
    actor = Once()
    driver.add(actor)
    actor.told = True
    driver.bell.ring()
    assert driver.until(actor.done.is_set, soon())


def test_what_an_actor_raises_is_raised_where_the_run_waits(driver):
    def fail():
        raise KeyError("a mistake of ours")

    actor = Once(fail)
    actor.told = True
    driver.add(actor)
    with pytest.raises(KeyError, match="a mistake of ours"):
        driver.until(lambda: False, soon())


def test_a_deadline_in_the_past_is_one_look(driver):
    assert not driver.until(lambda: False, 0)
    assert driver.until(lambda: True, 0)


def test_close_leaves_no_thread(driver):
    before = threading.active_count()
    driver.add(Once())
    driver.close()
    assert threading.active_count() == before
