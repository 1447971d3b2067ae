"""A memory that is bounded."""

import pytest

from pytest_kbevents.controller.lru import LeastRecentlyUsed


@pytest.fixture
def memory():
    memory = LeastRecentlyUsed(2)
    memory.put("a", 1)
    memory.put("b", 2)
    return memory


def test_it_has_what_was_put(memory):
    assert (memory.get("a"), memory.get("b"), memory.get("c")) == (1, 2, None)


def test_it_has_what_was_put_last(memory):
    memory.put("a", 3)
    assert memory.get("a") == 3


def test_it_forgets_the_oldest(memory):
    memory.put("c", 3)
    assert memory.get("a") is None


def test_what_was_asked_for_is_not_the_oldest(memory):
    memory.get("a")
    memory.put("c", 3)
    assert (memory.get("a"), memory.get("b")) == (1, None)
