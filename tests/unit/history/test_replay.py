"""Readers of a history, also of one whose revisions were seen in another order than they were committed."""

import pytest

from pytest_kbevents.api.http import WatchEvent
from pytest_kbevents.api.resources import EVENTS, PODS
from pytest_kbevents.history.history import History


@pytest.fixture
def seen():
    """A history of revisions with these numbers, Pods and, from 100 on, Events; each is an object of its own."""

    def seen(*numbers):
        history = History()
        for number in numbers:
            metadata = {"name": f"n{number}", "namespace": "ns", "resourceVersion": str(number)}
            resource = EVENTS if number >= 100 else PODS
            history.append(resource, WatchEvent("ADDED", {"metadata": metadata}), number)
        return history

    return seen


def numbers(replay):
    return [revision.number for revision in replay]


def known(replay):
    """The objects in its state, by their revision."""
    objects = [*replay.state.list(PODS), *replay.state.list(EVENTS)]
    return sorted(int(obj["metadata"]["resourceVersion"]) for obj in objects)


def test_a_reader_from_the_start_has_every_revision_once(seen):
    replay = seen(1, 2, 3).from_the_start()
    assert numbers(replay) == [1, 2, 3]
    assert numbers(replay) == []


def test_a_reader_from_now_has_what_comes_next(seen):
    history = seen(1, 2)
    replay = history.replay()
    history.append(PODS, WatchEvent("ADDED", {"metadata": {"name": "x", "resourceVersion": "3"}}), 3)
    assert numbers(replay) == [3]


def test_the_state_is_that_after_the_revision_at_hand(seen):
    replay = seen(1, 2, 3).from_the_start()
    assert [known(replay) for _ in replay] == [[1], [1, 2], [1, 2, 3]]


def test_what_is_deleted_is_gone_from_the_state(seen):
    history = seen(1)
    history.append(PODS, WatchEvent("DELETED", history.revisions[0].object), 2)
    assert known(history.from_the_start().to_the_end()) == []


def test_a_reader_goes_through_all_up_to_a_revision(seen):
    replay = seen(1, 2, 3).from_the_start()
    replay.to_revision(2)
    assert known(replay) == [1, 2]
    assert numbers(replay) == [3]


def test_a_revision_that_is_not_there_yet_stops_nobody(seen):
    replay = seen(1, 2).from_the_start()
    replay.to_revision(9)
    assert numbers(replay) == []


def test_what_is_newer_and_was_seen_before_comes_next(seen):
    replay = seen(1, 104, 2, 3, 105).from_the_start()
    replay.to_revision(3)
    assert known(replay) == [1, 2, 3]
    assert numbers(replay) == [104, 105]


def test_what_was_put_off_comes_in_the_order_that_it_was_seen(seen):
    replay = seen(106, 104, 1).from_the_start()
    replay.to_revision(1)
    assert numbers(replay) == [106, 104]


def test_what_was_put_off_is_passed_when_its_turn_has_come(seen):
    replay = seen(1, 104, 106, 2, 107).from_the_start()
    replay.to_revision(2)
    replay.to_revision(104)
    assert known(replay) == [1, 2, 104]
    assert numbers(replay) == [106, 107]


def test_a_revision_that_was_passed_is_not_passed_again(seen):
    replay = seen(1, 2, 3).from_the_start()
    replay.to_revision(3)
    replay.to_revision(1)
    assert known(replay) == [1, 2, 3]
    assert numbers(replay) == []


def test_a_copy_has_its_own_state_and_its_own_put_off_revisions(seen):
    replay = seen(1, 104, 2).from_the_start()
    replay.to_revision(2)
    other = replay.copy()
    assert numbers(replay) == [104]
    assert known(other) == [1, 2]
    assert numbers(other) == [104]


def test_a_reader_goes_as_far_as_another_one_is(seen):
    replay = seen(1, 2, 3).from_the_start()
    assert numbers(replay.up_to(2)) == [1, 2]
    assert numbers(replay.up_to(3)) == [3]


def test_a_reader_that_put_something_off_goes_through_it_up_to_another_one(seen):
    history = seen(1, 104, 2, 3)
    replay = history.from_the_start()
    replay.to_revision(2)
    assert numbers(replay.up_to(4)) == [104, 3]
