import pytest

from pytest_kbevents.apiserver.store import Store
from pytest_kbevents.errors import Gone


def obj(name, **fields):
    return {"metadata": {"name": name}, **fields}


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def heard(store):
    """Subscribes and gives the list that grows with what is heard."""

    def heard(resource, after):
        commits = []
        store.subscribe(resource, after, commits.append)
        return commits

    return heard


def test_revisions_are_one_sequence_over_all_kinds(store):
    first = store.put("pods", ("ns", "a"), obj("a"))
    second = store.put("services", ("ns", "b"), obj("b"))
    third = store.remove("pods", ("ns", "a"))
    assert [item["metadata"]["resourceVersion"] for item in (first, second, third)] == ["1", "2", "3"]


def test_the_newest_revision_is_the_last_commit(store):
    store.put("pods", ("ns", "a"), obj("a"))
    store.put("services", ("ns", "b"), obj("b"))
    assert store.revision == 2


def test_every_revision_can_be_replayed(store, heard):
    store.put("pods", ("ns", "a"), obj("a", n=1))
    store.put("pods", ("ns", "a"), obj("a", n=2))
    store.remove("pods", ("ns", "a"))
    seen = [(commit.revision, commit.type, commit.object["n"]) for commit in heard("pods", 0)]
    assert seen == [(1, "ADDED", 1), (2, "MODIFIED", 2), (3, "DELETED", 2)]


def test_a_commit_carries_the_state_before_it(store, heard):
    store.put("pods", ("ns", "a"), obj("a", n=1))
    store.put("pods", ("ns", "a"), obj("a", n=2))
    assert [commit.previous and commit.previous["n"] for commit in heard("pods", 0)] == [None, 1]


def test_a_subscriber_hears_the_past_and_then_the_new_in_order(store, heard):
    store.put("pods", ("ns", "a"), obj("a"))
    store.put("pods", ("ns", "b"), obj("b"))
    commits = heard("pods", 1)
    store.put("pods", ("ns", "c"), obj("c"))
    assert [commit.revision for commit in commits] == [2, 3]


def test_a_subscriber_without_a_revision_hears_the_current_objects_first(store, heard):
    store.put("pods", ("ns", "b"), obj("b"))
    store.put("pods", ("ns", "a"), obj("a"))
    store.put("pods", ("ns", "a"), obj("a", n=2))
    commits = heard("pods", None)
    store.put("pods", ("ns", "c"), obj("c"))
    assert [(commit.type, commit.key[1]) for commit in commits] == [("ADDED", "a"), ("ADDED", "b"), ("ADDED", "c")]


def test_a_subscriber_hears_nothing_of_other_kinds(store, heard):
    commits = heard("pods", 0)
    store.put("services", ("ns", "a"), obj("a"))
    assert commits == []


def test_a_subscriber_that_left_hears_nothing_more(store):
    commits = []
    leave = store.subscribe("pods", 0, commits.append)
    leave()
    store.put("pods", ("ns", "a"), obj("a"))
    assert commits == []


def test_leaving_twice_is_leaving_once(store):
    leave = store.subscribe("pods", 0, lambda _: None)
    leave()
    assert leave() is None


def test_a_compacted_revision_is_gone(store, heard):
    store.put("pods", ("ns", "a"), obj("a"))
    store.put("pods", ("ns", "a"), obj("a", n=2))
    store.compact(2)
    with pytest.raises(Gone, match="too old resource version: 1 \\(2\\)"):
        heard("pods", 1)


def test_a_kind_without_commits_of_its_own_is_compacted_too(store, heard):
    store.put("pods", ("ns", "a"), obj("a"))
    store.compact(1)
    with pytest.raises(Gone):
        heard("services", 0)


def test_the_compacted_revision_itself_can_be_gone_on_from(store, heard):
    for number in range(3):
        store.put("pods", ("ns", "a"), obj("a", n=number))
    store.compact(2)
    assert [commit.revision for commit in heard("pods", 2)] == [3]


def test_compaction_keeps_the_current_objects(store):
    store.put("pods", ("ns", "a"), obj("a"))
    store.compact(1)
    assert store.get("pods", ("ns", "a"))["metadata"]["name"] == "a"


def test_compaction_never_goes_back(store, heard):
    for number in range(3):
        store.put("pods", ("ns", "a"), obj("a", n=number))
    store.compact(3)
    store.compact(1)
    with pytest.raises(Gone):
        heard("pods", 2)


def test_objects_are_selected_in_the_order_of_namespace_and_name(store):
    for key in (("b", "a"), ("a", "z"), ("a", "b")):
        store.put("pods", key, obj(key[1]))
    assert [item["metadata"]["name"] for item in store.select("pods")] == ["b", "z", "a"]


def test_a_removed_object_is_not_there(store):
    store.put("pods", ("ns", "a"), obj("a"))
    store.remove("pods", ("ns", "a"))
    assert store.get("pods", ("ns", "a")) is None
