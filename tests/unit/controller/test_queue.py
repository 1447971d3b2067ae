"""The work queue's promises."""

import random

import pytest

from pytest_kbevents.clock import SECOND
from pytest_kbevents.controller.queue import WorkQueue
from pytest_kbevents.controller.ratelimit import ExponentialBackoff

A, B = ("ns", "a"), ("ns", "b")


@pytest.fixture
def queue(clock):
    return WorkQueue(clock, ExponentialBackoff())


def drained(queue):
    """Every key that is due, each worked on for no time."""
    keys = []
    while (key := queue.get()) is not None:
        keys.append(key)
        queue.done(key)
    return keys


def test_an_empty_queue_has_no_key(queue):
    assert queue.get() is None


def test_an_empty_queue_is_never_due(queue):
    assert queue.due() is None


def test_keys_come_in_the_order_they_were_added(queue):
    queue.add(B)
    queue.add(A)
    assert drained(queue) == [B, A]


def test_a_key_added_twice_comes_once(queue):
    queue.add(A)
    queue.add(A)
    assert drained(queue) == [A]


def test_a_key_is_never_on_two_workers(queue):
    queue.add(A)
    queue.get()
    queue.add(A)
    assert queue.get() is None


def test_a_key_that_is_worked_on_does_not_hold_up_another(queue):
    queue.add(A)
    queue.get()
    queue.add(B)
    assert queue.get() == B


def test_a_key_added_while_it_is_worked_on_comes_again_once(queue):
    queue.add(A)
    queue.get()
    queue.add(A)
    queue.add(A)
    queue.done(A)
    assert drained(queue) == [A]


def test_a_key_that_is_done_does_not_come_again_by_itself(queue):
    queue.add(A)
    drained(queue)
    assert queue.get() is None


def test_a_delayed_key_does_not_come_early(queue, clock):
    queue.add_after(A, SECOND)
    clock.advance_to(clock.micros() + SECOND - 1)
    assert queue.get() is None


def test_a_delayed_key_comes_when_its_time_has_come(queue, clock):
    queue.add_after(A, SECOND)
    clock.advance_to(clock.micros() + SECOND)
    assert queue.get() == A


def test_the_queue_is_due_when_its_first_delayed_key_is(queue, clock):
    queue.add_after(A, 2 * SECOND)
    queue.add_after(B, SECOND)
    assert queue.due() == clock.micros() + SECOND


def test_the_queue_is_due_now_when_a_key_waits_for_a_worker(queue, clock):
    queue.add_after(A, SECOND)
    queue.add(B)
    assert queue.due() == clock.micros()


def test_a_key_that_waits_for_its_own_worker_makes_nothing_due(queue):
    queue.add(A)
    queue.get()
    queue.add(A)
    assert queue.due() is None


def test_delayed_keys_come_by_time_not_by_the_order_they_were_added(queue, clock):
    queue.add_after(A, 2 * SECOND)
    queue.add_after(B, SECOND)
    clock.advance_to(clock.micros() + 2 * SECOND)
    assert drained(queue) == [B, A]


def test_a_delayed_key_whose_time_comes_while_it_is_worked_on_waits_for_its_worker(queue, clock):
    queue.add(A)
    queue.get()
    queue.add_after(A, SECOND)
    clock.advance_to(clock.micros() + SECOND)
    assert queue.get() is None


def test_failures_of_a_key_wait_longer_each_time(queue, clock):
    waits = []
    for _ in range(4):
        queue.add_rate_limited(A)
        waits.append(queue.due() - clock.micros())
        clock.advance_to(queue.due())
        drained(queue)
    assert waits == [5_000, 10_000, 20_000, 40_000]


def test_a_forgotten_key_waits_as_at_first(queue, clock):
    for _ in range(5):
        queue.add_rate_limited(A)
        clock.advance_to(queue.due())
        drained(queue)
    queue.forget(A)
    queue.add_rate_limited(A)
    assert queue.due() - clock.micros() == 5_000


@pytest.mark.parametrize("seed", range(20))
def test_whatever_happens_a_key_is_on_one_worker_and_none_is_lost(queue, clock, seed):
    rng = random.Random(seed)
    working, owed = [], set()
    for _ in range(300):
        match rng.choice(("add", "later", "get", "done", "time")):
            case "add":
                owed.add(key := ("ns", rng.choice("abcd")))
                queue.add(key)
            case "later":
                owed.add(key := ("ns", rng.choice("abcd")))
                queue.add_after(key, rng.randrange(1000))
            case "get" if (key := queue.get()) is not None:
                assert key not in working
                working.append(key)
                owed.discard(key)
            case "done" if working:
                queue.done(working.pop(rng.randrange(len(working))))
            case "time":
                clock.advance_to(clock.micros() + rng.randrange(500))
    for key in working:
        queue.done(key)
    clock.advance_to(clock.micros() + SECOND)
    assert owed <= set(drained(queue))
