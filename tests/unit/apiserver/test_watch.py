import threading

import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS, PODS
from pytest_kbevents.apiserver.verbs.watching import MOST_WAITING

MAPS = "/api/v1/namespaces/default/configmaps"


def test_a_watch_from_a_revision_gives_what_came_after_it(client, config_map, watch, said):
    first = client.create(CONFIG_MAPS, config_map())
    client.update(CONFIG_MAPS, {**first, "data": {"key": "new"}})
    client.delete(CONFIG_MAPS, "default", "one")
    stream = watch(resourceVersion=first["metadata"]["resourceVersion"])
    assert said(stream) == [("MODIFIED", "one"), ("DELETED", "one")]


def test_a_watch_gives_each_object_as_it_was(client, config_map, watch, drain):
    first = client.create(CONFIG_MAPS, config_map())
    client.update(CONFIG_MAPS, {**first, "data": {"key": "new"}})
    assert [item.object["data"]["key"] for item in drain(watch(resourceVersion="1"))] == ["old", "new"]


@pytest.mark.parametrize("query", [{}, {"resourceVersion": "0"}, {"resourceVersion": ""}])
def test_a_watch_without_a_revision_begins_with_the_current_objects(client, config_map, watch, said, query):
    for name in ("b", "a"):
        client.create(CONFIG_MAPS, config_map(name))
    stream = watch(**query)
    client.delete(CONFIG_MAPS, "default", "a")
    assert said(stream) == [("ADDED", "a"), ("ADDED", "b"), ("DELETED", "a")]


def test_a_running_watch_hears_what_is_new(client, config_map, watch, said):
    stream = watch()
    client.create(CONFIG_MAPS, config_map())
    assert said(stream) == [("ADDED", "one")]


def test_a_watch_with_nothing_to_say_is_not_ready(watch):
    assert not watch().ready()


def test_a_watch_with_something_to_say_is_ready(client, config_map, watch):
    client.create(CONFIG_MAPS, config_map())
    assert watch().ready()


def test_a_watch_of_a_namespace_hears_nothing_of_another(client, config_map, watch, said):
    stream = watch()
    client.create(CONFIG_MAPS, config_map(namespace="kube-system"))
    assert said(stream) == []


def test_a_watch_over_all_namespaces_hears_every_one(client, config_map, watch, said):
    stream = watch("/api/v1/configmaps")
    client.create(CONFIG_MAPS, config_map(namespace="kube-system"))
    assert said(stream) == [("ADDED", "one")]


def test_a_watch_hears_nothing_of_another_kind(client, watch, said):
    stream = watch()
    client.create(
        PODS,
        {
            "metadata": {"name": "p", "namespace": "default"},
            "spec": {"containers": [{"name": "database", "image": "database"}]},
        },
    )
    assert said(stream) == []


def test_a_watch_of_one_object_hears_nothing_of_another(client, config_map, watch, said):
    stream = watch(fieldSelector="metadata.name=one")
    for name in ("one", "two"):
        client.create(CONFIG_MAPS, config_map(name))
    assert said(stream) == [("ADDED", "one")]


def test_a_deletion_is_at_a_revision_of_its_own(client, config_map, watch, drain):
    created = client.create(CONFIG_MAPS, config_map())
    stream = watch(resourceVersion=created["metadata"]["resourceVersion"])
    client.delete(CONFIG_MAPS, "default", "one")
    revision = drain(stream)[0].object["metadata"]["resourceVersion"]
    assert int(revision) == int(created["metadata"]["resourceVersion"]) + 1


def test_a_watch_from_a_compacted_revision_is_gone(client, server):
    server.store.compact(server.store.revision)
    item = client.watch(CONFIG_MAPS, "default", "1").take()
    assert (item.type, item.object["message"]) == ("ERROR", f"too old resource version: 1 ({server.store.revision})")


def test_a_gone_watch_is_a_410_that_says_expired(send, server):
    server.store.compact(server.store.revision)
    item = send("GET", MAPS, watch="true", resourceVersion="1").stream.take()
    assert (item.object["code"], item.object["reason"]) == (410, "Expired")


def test_a_gone_watch_ends(send, server):
    server.store.compact(server.store.revision)
    stream = send("GET", MAPS, watch="true", resourceVersion="1").stream
    stream.take()
    assert stream.ended()


def test_a_revision_that_is_no_number_is_what_the_real_server_stumbles_over(send):
    assert send("GET", MAPS, watch="true", resourceVersion="x").status == 500


def test_a_streaming_list_says_where_the_initial_events_end(client, config_map, watch):
    client.create(CONFIG_MAPS, config_map())
    query = {"sendInitialEvents": "true", "resourceVersionMatch": "NotOlderThan", "allowWatchBookmarks": "true"}
    stream = watch(**query)
    items = [stream.take(), stream.take()]
    assert [item.type for item in items] == ["ADDED", "BOOKMARK"]
    assert items[1].object["metadata"]["annotations"] == {"k8s.io/initial-events-end": "true"}


def test_a_reader_who_takes_nothing_costs_bounded_memory(client, config_map, watch):
    stream = watch()
    made = client.create(CONFIG_MAPS, config_map())
    for number in range(MOST_WAITING + 5):
        made = client.update(CONFIG_MAPS, {**made, "data": {"n": str(number)}})
    assert len(stream._items) == MOST_WAITING + 1
    while stream.take() is not None:
        pass
    assert stream.ended()


def test_a_closed_watch_has_ended(watch):
    stream = watch()
    stream.close()
    assert stream.ended()


def test_a_closed_watch_is_ready_to_say_so(watch):
    stream = watch()
    stream.close()
    assert stream.ready()


def test_a_closed_watch_hears_nothing_more(client, config_map, watch, said):
    stream = watch()
    stream.close()
    client.create(CONFIG_MAPS, config_map())
    assert said(stream) == []


def test_a_closed_watch_ends_after_what_it_had_to_say(client, config_map, watch):
    stream = watch()
    client.create(CONFIG_MAPS, config_map())
    stream.close()
    assert not stream.ended()


def test_closing_twice_is_closing_once(watch):
    stream = watch()
    stream.close()
    assert stream.close() is None


def test_a_commit_wakes_who_waits_for_it(client, config_map, watch):
    stream = watch()
    woken = []
    waiter = threading.Thread(target=lambda: woken.append(stream.wait(10)))
    waiter.start()
    client.create(CONFIG_MAPS, config_map())
    waiter.join(10)
    assert woken == [True]
