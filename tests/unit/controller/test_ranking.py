"""The greatest of many, kept as they come and go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_kbevents.controller.ranking import Ranking

A, B, C = ("ns", "a"), ("ns", "b"), ("ns", "c")


@pytest.fixture
def ranking():
    """Ranks objects of the form [(value, rank), ...]."""
    return Ranking(lambda obj: [(value, rank, f"{value}{rank}") for value, rank in obj])


def greatest(ranking, value="x"):
    found = ranking.greatest(value)
    return None if found is None else (found.key, found.rank, found.said)


def test_nothing_has_no_greatest(ranking):
    assert greatest(ranking) is None


def test_the_highest_rank_is_the_greatest(ranking):
    ranking.put(A, [("x", 1)])
    ranking.put(B, [("x", 3)])
    ranking.put(C, [("x", 2)])
    assert greatest(ranking) == (B, 3, "x3")


def test_of_equal_ranks_it_is_the_last_that_came(ranking):
    ranking.put(A, [("x", 1)])
    assert greatest(ranking)[0] == A
    ranking.put(B, [("x", 1)])
    assert greatest(ranking)[0] == B


def test_an_object_may_say_something_of_several_values(ranking):
    ranking.put(A, [("x", 1), ("y", 2)])
    assert (greatest(ranking, "x"), greatest(ranking, "y")) == ((A, 1, "x1"), (A, 2, "y2"))


def test_what_an_object_does_not_say_any_more_is_forgotten(ranking):
    ranking.put(A, [("x", 1)])
    ranking.put(A, [("y", 1)])
    assert (greatest(ranking, "x"), greatest(ranking, "y")) == (None, (A, 1, "y1"))


@given(st.lists(st.tuples(st.sampled_from([A, B, C]), st.none() | st.integers(0, 5), st.booleans())))
def test_it_is_the_greatest_whatever_came_and_went(changes):
    ranking, known = Ranking(lambda rank: [("x", rank, None)]), {}
    for key, rank, asked in changes:
        ranking.put(key, rank)
        known.pop(key, None)
        if rank is not None:
            known[key] = rank
        if asked:
            assert (ranking.greatest("x").rank if known else ranking.greatest("x")) == max(known.values(), default=None)
    assert {each.key: each.rank for each in ranking.all("x")} == known
