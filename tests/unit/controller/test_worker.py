"""Keys to the reconciler, errors to the queue."""

import pytest

from pytest_kbevents.clock import SECOND
from pytest_kbevents.controller.queue import WorkQueue
from pytest_kbevents.controller.ratelimit import ExponentialBackoff
from pytest_kbevents.controller.reconcile import DONE, Result
from pytest_kbevents.controller.worker import Worker
from pytest_kbevents.errors import Conflict, NoAnswer, NotNow

A, B = ("ns", "a"), ("ns", "b")


class Reconciler:
    """Raises what it is given, in turn; then succeeds with ``result``."""

    def __init__(self):
        self.keys = []
        self.errors = []
        self.result = DONE
        self.meanwhile = lambda _key: None

    def reconcile(self, key):
        self.keys.append(key)
        self.meanwhile(key)
        if self.errors and (error := self.errors.pop(0)) is not None:
            raise error
        return self.result


@pytest.fixture
def queue(clock):
    return WorkQueue(clock, ExponentialBackoff())


@pytest.fixture
def reconciler():
    return Reconciler()


@pytest.fixture
def worker(queue, reconciler):
    return Worker("worker 0", queue, reconciler, lambda: True)


def test_it_hands_a_key_to_the_reconciler(worker, queue, reconciler):
    queue.add(A)
    worker.step()
    assert reconciler.keys == [A]


def test_a_step_takes_one_key(worker, queue, reconciler):
    queue.add(A)
    queue.add(B)
    worker.step()
    assert reconciler.keys == [A]


def test_a_step_without_a_key_does_nothing(worker, reconciler):
    worker.step()
    assert reconciler.keys == []


def test_it_is_due_when_the_queue_is(worker, queue, clock):
    queue.add_after(A, 1000)
    assert worker.due() == clock.micros() + 1000


def test_it_waits_until_the_caches_are_filled(queue, reconciler):
    queue.add(A)
    assert Worker("worker 0", queue, reconciler, lambda: False).due() is None


@pytest.mark.parametrize(
    "error", [Conflict("changed"), NoAnswer("lost"), NotNow("early")], ids=["refused", "no-answer", "not-now"]
)
def test_a_key_that_fails_comes_again_after_the_back_off(worker, queue, reconciler, clock, error):
    reconciler.errors = [error]
    queue.add(A)
    worker.step()
    assert worker.due() == clock.micros() + 5_000


def test_a_key_that_goes_on_failing_waits_longer_each_time(worker, queue, reconciler, clock):
    reconciler.errors = [Conflict("changed")] * 3
    queue.add(A)
    waits = []
    for _ in range(3):
        worker.step()
        waits.append(worker.due() - clock.micros())
        clock.advance_to(worker.due())
    assert waits == [5_000, 10_000, 20_000]


def test_success_makes_the_next_failure_the_first(worker, queue, reconciler, clock):
    reconciler.errors = [Conflict("changed"), Conflict("changed"), None, Conflict("changed")]
    queue.add(A)
    for _ in range(3):
        worker.step()
        clock.advance_to(worker.due() or 0)
    queue.add(A)
    worker.step()
    assert worker.due() == clock.micros() + 5_000


def test_a_key_that_succeeded_does_not_come_again(worker, queue):
    queue.add(A)
    worker.step()
    assert worker.due() is None


def test_a_key_comes_again_when_its_result_says_so(worker, queue, reconciler, clock):
    reconciler.result = Result(requeue_after=7 * SECOND)
    queue.add(A)
    worker.step()
    assert worker.due() == clock.micros() + 7 * SECOND


def test_a_key_that_comes_again_on_its_own_account_has_not_failed(worker, queue, reconciler, clock):
    reconciler.result = Result(requeue_after=SECOND)
    queue.add(A)
    worker.step()
    clock.advance_to(worker.due())
    reconciler.errors = [Conflict("changed")]
    worker.step()
    assert worker.due() == clock.micros() + 5_000


def test_a_key_that_fails_does_not_hold_up_another(worker, queue, reconciler):
    reconciler.errors = [Conflict("changed")]
    queue.add(A)
    queue.add(B)
    worker.step()
    worker.step()
    assert reconciler.keys == [A, B]


def test_an_error_that_is_not_the_servers_is_raised(worker, queue, reconciler):
    reconciler.errors = [ZeroDivisionError()]
    queue.add(A)
    with pytest.raises(ZeroDivisionError):
        worker.step()


def test_after_an_error_that_is_raised_the_key_is_free(worker, queue, reconciler):
    reconciler.errors = [ZeroDivisionError()]
    queue.add(A)
    with pytest.raises(ZeroDivisionError):
        worker.step()
    queue.add(A)
    worker.step()
    assert reconciler.keys == [A, A]


def test_a_second_worker_does_not_get_the_key_of_the_first(queue, reconciler):
    first, second = (Worker(f"worker {n}", queue, reconciler, lambda: True) for n in range(2))
    taken = []

    def meanwhile(key):
        reconciler.meanwhile = lambda _key: None
        queue.add(key)
        taken.append(second.process_next())

    reconciler.meanwhile = meanwhile
    queue.add(A)
    first.step()
    assert taken == [False]


def test_a_key_that_changed_while_it_was_worked_on_is_worked_on_again(worker, queue, reconciler):
    def meanwhile(key):
        reconciler.meanwhile = lambda _key: None
        queue.add(key)

    reconciler.meanwhile = meanwhile
    queue.add(A)
    worker.step()
    worker.step()
    assert reconciler.keys == [A, A]


def test_a_mistake_ends_everything(worker, queue, reconciler):
    reconciler.errors = [LookupError("a mistake")]
    queue.add(A)
    with pytest.raises(LookupError):
        worker.step()


def test_where_it_recovers_a_mistake_is_logged_and_the_key_comes_again(worker, queue, reconciler, caplog):
    worker.recover()
    reconciler.errors = [LookupError("a mistake")]
    queue.add(A)
    worker.step()
    assert worker.due() is not None
    assert "please report it" in caplog.text
