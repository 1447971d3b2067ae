"""Who is due, and who will be."""

import pytest

from pytest_kbevents.environment.agenda import Agenda


class Sleeper:
    def __init__(self, due):
        self.name = f"due {due}"
        self.next = due

    def due(self):
        return self.next

    def step(self):
        """Nothing."""


@pytest.fixture
def agenda():
    return Agenda()


def ready(agenda):
    return [agenda[place].next for place in range(len(agenda))]


def test_what_is_due_now_is_ready(agenda):
    agenda.set(Sleeper(5), 5)
    assert ready(agenda) == [5]


def test_what_is_due_later_is_not(agenda):
    agenda.set(Sleeper(6), 5)
    assert ready(agenda) == []


def test_the_bell_says_when_the_first_one_is_due(agenda):
    for due in (30, 10, 20):
        agenda.set(Sleeper(due), 0)
    assert agenda.ring(5) == 10


def test_the_bell_wakes_those_whose_time_has_come(agenda):
    for due in (30, 10, 20):
        agenda.set(Sleeper(due), 0)
    assert (agenda.ring(20), ready(agenda)) == (30, [10, 20])


def test_who_waits_for_others_is_never_due(agenda):
    agenda.set(Sleeper(None), 0)
    assert (agenda.ring(100), ready(agenda)) == (None, [])


def test_an_actor_whose_time_has_moved_sleeps_on(agenda):
    actor = Sleeper(10)
    agenda.set(actor, 0)
    actor.next = 50
    assert (agenda.ring(10), ready(agenda)) == (50, [])


def test_an_actor_that_acted_and_is_due_later_is_not_ready_any_more(agenda):
    actor = Sleeper(0)
    agenda.set(actor, 0)
    actor.next = 10
    agenda.set(actor, 0)
    assert ready(agenda) == []


def test_an_actor_that_is_told_twice_is_ready_once(agenda):
    actor = Sleeper(0)
    agenda.set(actor, 0)
    agenda.set(actor, 0)
    assert len(agenda) == 1


def test_an_actor_in_the_middle_leaves_the_others_ready(agenda):
    actors = [Sleeper(number) for number in range(4)]
    for actor in actors:
        agenda.set(actor, 9)
    agenda.remove(actors[1])
    assert sorted(ready(agenda)) == [0, 2, 3]


def test_each_of_those_that_are_ready_can_leave(agenda):
    actors = [Sleeper(number) for number in range(4)]
    for actor in actors:
        agenda.set(actor, 9)
    for actor in actors:
        agenda.remove(actor)
    assert (len(agenda), [actor in agenda for actor in actors]) == (0, [False] * 4)


def test_the_alarm_of_one_that_was_removed_wakes_nobody(agenda):
    actor = Sleeper(10)
    agenda.set(actor, 0)
    agenda.remove(actor)
    agenda.ring(20)
    assert len(agenda) == 0


def test_removing_one_that_is_not_there_is_nothing(agenda):
    agenda.remove(Sleeper(1))
    assert len(agenda) == 0
