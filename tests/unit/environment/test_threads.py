"""The live driver."""

import threading

import pytest

from pytest_kbevents.clock import SECOND, WallClock
from pytest_kbevents.environment.bell import Bell
from pytest_kbevents.environment.threads import Threads


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


def test_what_an_actor_raised_is_raised_once(driver):
    def fail():
        raise KeyError("a mistake of ours")

    driver.add(told(fail))
    with pytest.raises(KeyError):
        driver.until(lambda: False, soon())
    assert driver.until(lambda: True, 0)


def test_a_deadline_in_the_past_is_one_look(driver):
    assert not driver.until(lambda: False, 0)
    assert driver.until(lambda: True, 0)


def test_close_leaves_no_thread(driver):
    before = threading.active_count()
    driver.add(Once())
    driver.close()
    assert threading.active_count() == before


def told(act=lambda: None):
    actor = Once(act)
    actor.told = True
    return actor


def test_a_step_that_takes_long_holds_up_nobody(driver):
    meet = threading.Barrier(8, timeout=20)
    actors = [told(meet.wait) for _ in range(8)]
    for actor in actors:
        driver.add(actor)
    assert driver.until(lambda: all(actor.done.is_set() for actor in actors), soon())


def test_an_actor_takes_one_step_at_a_time(driver):
    class Busy:
        name = "busy"
        steps, inside, most = 0, 0, 0

        def due(self):
            return 0 if self.steps < 50 else None

        def step(self):
            self.inside += 1
            self.most = max(self.most, self.inside)
            driver.bell.ring()
            driver.add(self)
            self.steps += 1
            self.inside -= 1

    busy = Busy()
    for actor in (busy, told(), told()):
        driver.add(actor)
    assert driver.until(lambda: busy.steps >= 50, soon())
    assert busy.most == 1


def test_an_actor_whose_time_comes_needs_no_bell(driver):
    actor = told()
    at = WallClock().micros() + SECOND // 20
    actor.due = lambda: None if actor.done.is_set() else at
    driver.add(actor)
    assert driver.until(actor.done.is_set, soon())
    assert WallClock().micros() >= at


def test_a_removed_actor_is_not_stepped(driver):
    removed, other = Once(), Once()
    driver.add(removed)
    driver.add(other)
    driver.remove(removed)
    removed.told = other.told = True
    driver.bell.ring()
    assert driver.until(other.done.is_set, soon())
    assert not removed.done.is_set()


def test_close_waits_for_a_step_that_has_begun(driver):
    begun, go = threading.Event(), threading.Event()

    def act():
        begun.set()
        go.wait(20)

    actor = told(act)
    driver.add(actor)
    begun.wait(20)
    threading.Timer(0.05, go.set).start()
    driver.close()
    assert actor.done.is_set()


def test_a_driver_that_was_closed_can_be_used_again(driver):
    driver.add(Once())
    driver.close()
    actor = told()
    driver.add(actor)
    assert driver.until(actor.done.is_set, soon())


def test_what_an_actor_raises_when_it_is_asked_is_raised_where_the_run_waits(driver):
    actor = Once()
    actor.due = lambda: {}["a mistake of ours"]
    driver.add(actor)
    with pytest.raises(KeyError, match="a mistake of ours"):
        driver.until(lambda: False, soon())


def test_who_raised_is_advanced_no_more_and_others_are(driver):
    failing, other = told(), Once()

    def fail():
        failing.failures = getattr(failing, "failures", 0) + 1
        raise KeyError("a mistake of ours")

    failing.act = fail
    driver.add(failing)
    driver.add(other)
    with pytest.raises(KeyError):
        driver.until(lambda: False, soon())
    other.told = True
    driver.bell.ring()
    assert other.done.wait(20)
    assert failing.failures == 1
    driver.remove(failing)


def test_a_ring_wakes_one_thread_however_many_actors_there_are(driver):
    askers = set()

    class Idle(Once):
        def due(self):
            askers.add(threading.get_ident())

    last = Once()
    for actor in (*(Idle() for _ in range(20)), last):
        driver.add(actor)
    last.told = True
    driver.bell.ring()
    assert driver.until(last.done.is_set, soon())
    driver.close()
    assert len(askers) <= 3
