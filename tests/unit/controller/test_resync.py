"""Every key again, every so often."""

import pytest

from pytest_kbevents.clock import SECOND
from pytest_kbevents.errors import NoAnswer

A, B = ("default", "a"), ("default", "b")
PERIOD = 600 * SECOND


@pytest.fixture
def synced(informer, heard, config_map, settle):
    """It knows a and b, and has said so."""
    informer.resync_every(PERIOD)
    for name in "ba":
        config_map(name)
    settle(informer)
    heard.clear()
    return informer


def test_without_a_period_nothing_is_told_again(informer, config_map, settle):
    config_map("a")
    settle(informer)
    assert informer.due() is None


def test_before_the_first_list_there_is_nothing_to_tell_again(informer, clock):
    informer.resync_every(PERIOD)
    assert informer.due() == clock.micros()


def test_it_is_due_when_the_period_is_over(synced, clock):
    assert synced.due() == clock.micros() + PERIOD


def test_every_known_key_is_told_again_in_order(synced, clock, heard, settle):
    clock.advance_to(synced.due())
    settle(synced)
    assert heard == [A, B]


def test_it_goes_on_each_time_the_period_is_over(synced, clock, heard, settle):
    for _ in range(3):
        clock.advance_to(synced.due())
        settle(synced)
    assert heard == [A, B] * 3


def test_a_change_is_told_when_it_comes_and_not_by_the_period(synced, clock, config_map, heard, settle):
    config_map("b", "2")
    settle(synced)
    assert (heard, synced.due()) == ([B], clock.micros() + PERIOD)


def test_it_goes_on_while_the_server_is_not_there(synced, clock, tapped, faults, heard, settle):
    def down(request, handler):
        raise NoAnswer(f"{request.method} lost before {handler}")

    faults.append(down)
    tapped.streams[-1].close()
    until = clock.micros() + PERIOD
    while clock.micros() < until:
        settle(synced)
        clock.advance_to(synced.due())
    settle(synced)
    assert heard == [A, B]
