"""What an informer knows, and how it is found."""

import pytest

from pytest_kbevents.controller.store import Store

A, B, C = ("ns", "a"), ("ns", "b"), ("ns", "c")


def obj(key, *roles):
    return {"metadata": {"namespace": key[0], "name": key[1]}, "roles": roles}


def names(objects):
    return [each["metadata"]["name"] for each in objects]


@pytest.fixture
def store():
    store = Store()
    store.add_index("role", lambda each: each["roles"])
    return store


def test_it_has_what_was_put(store):
    store.put(A, obj(A))
    assert store.get(A) == obj(A)


def test_it_has_not_what_was_put_away(store):
    store.put(A, obj(A))
    store.put(A, None)
    assert store.get(A) is None


def test_putting_away_what_is_not_there_is_nothing(store):
    store.put(A, None)
    assert store.items() == []


def test_its_items_are_ordered_by_key(store):
    for key in (C, A, B):
        store.put(key, obj(key))
    assert [key for key, _ in store.items()] == [A, B, C]


def test_an_index_finds_objects_ordered_by_key(store):
    for key in (C, A, B):
        store.put(key, obj(key, "primary"))
    assert names(store.by_index("role", "primary")) == ["a", "b", "c"]


def test_an_index_finds_nothing_under_a_value_that_none_has(store):
    store.put(A, obj(A, "primary"))
    assert store.by_index("role", "secondary") == []


def test_an_index_does_not_have_an_object_without_a_value(store):
    store.put(A, obj(A))
    assert store.by_index("role", "") == []


def test_an_object_is_found_under_each_of_its_values(store):
    store.put(A, obj(A, "primary", "writer"))
    assert names(store.by_index("role", "primary")) == names(store.by_index("role", "writer")) == ["a"]


def test_a_changed_object_is_no_longer_found_under_its_old_value(store):
    store.put(A, obj(A, "primary"))
    store.put(A, obj(A, "secondary"))
    assert store.by_index("role", "primary") == []


def test_a_changed_object_is_found_as_it_is_now(store):
    store.put(A, obj(A, "primary"))
    store.put(A, obj(A, "primary", "writer"))
    assert store.by_index("role", "primary") == [obj(A, "primary", "writer")]


def test_an_object_that_is_gone_is_not_found(store):
    store.put(A, obj(A, "primary"))
    store.put(A, None)
    assert store.by_index("role", "primary") == []


def test_replacing_leaves_nothing_else(store):
    store.put(A, obj(A))
    store.replace({B: obj(B)})
    assert [key for key, _ in store.items()] == [B]


def test_replacing_says_what_is_new_gone_or_different_and_nothing_else(store):
    unchanged = ("ns", "d")
    store.replace({A: obj(A), B: obj(B), unchanged: obj(unchanged)})
    assert store.replace({B: obj(B, "primary"), C: obj(C), unchanged: obj(unchanged)}) == [A, B, C]


def test_replacing_keeps_the_indexes_true(store):
    store.replace({A: obj(A, "primary"), B: obj(B, "primary")})
    store.replace({B: obj(B), C: obj(C, "primary")})
    assert names(store.by_index("role", "primary")) == ["c"]
