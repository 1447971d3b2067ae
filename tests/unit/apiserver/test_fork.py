"""A fork has the same past and a future of its own."""

import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS, CUSTOM_RESOURCE_DEFINITIONS
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import VirtualClock
from pytest_kbevents.errors import NotFound


@pytest.fixture
def fork(server):
    """A fork of the server, and a client of it."""

    def fork():
        other = server.fork(VirtualClock())
        return other, Client(other, "fork")

    return fork


def test_a_fork_has_what_was_there(client, config_map, fork):
    created = client.create(CONFIG_MAPS, config_map())
    assert fork()[1].get(CONFIG_MAPS, "default", "one") is created


def test_a_fork_does_not_see_what_comes_later(client, config_map, fork):
    _, other = fork()
    client.create(CONFIG_MAPS, config_map())
    with pytest.raises(NotFound):
        other.get(CONFIG_MAPS, "default", "one")


def test_what_is_written_to_a_fork_stays_there(client, config_map, fork):
    _, other = fork()
    other.create(CONFIG_MAPS, config_map())
    with pytest.raises(NotFound):
        client.get(CONFIG_MAPS, "default", "one")


def test_a_fork_of_a_fork_is_a_third(client, config_map, fork):
    server, other = fork()
    third = Client(server.fork(VirtualClock()), "third")
    third.create(CONFIG_MAPS, config_map())
    assert (client.list(CONFIG_MAPS), other.list(CONFIG_MAPS)) == ([], [])


def test_a_fork_counts_on_from_the_same_revision(server, config_map, client, fork):
    _, other = fork()
    assert client.create(CONFIG_MAPS, config_map())["metadata"]["resourceVersion"] == str(server.store.revision)
    assert other.create(CONFIG_MAPS, config_map())["metadata"]["resourceVersion"] == str(server.store.revision)


def test_forks_give_the_same_uids_in_the_same_order(config_map, fork):
    uids = [fork()[1].create(CONFIG_MAPS, config_map())["metadata"]["uid"] for _ in range(2)]
    assert uids[0] == uids[1]


def test_a_fork_with_a_seed_of_its_own_gives_other_uids(server, config_map, fork):
    other = Client(server.fork(VirtualClock(), "mine"), "fork")
    mine, same = (each.create(CONFIG_MAPS, config_map())["metadata"]["uid"] for each in (other, fork()[1]))
    assert mine != same


def test_a_kind_that_is_defined_in_a_fork_is_served_there_alone(client, widgets, definition, widget, fork):
    _, other = fork()
    other.create(CUSTOM_RESOURCE_DEFINITIONS, definition(widgets))
    other.create(widgets, widget())
    with pytest.raises(NotFound):
        client.list(widgets)


def test_a_kind_that_was_defined_is_served_in_a_fork(served, widget, fork):
    assert fork()[1].create(served, widget())["metadata"]["name"] == "w"


def test_a_watch_hears_its_own_server_alone(config_map, fork, said, watch):
    stream = watch()
    fork()[1].create(CONFIG_MAPS, config_map())
    assert said(stream) == []


def test_the_past_is_replayed_in_a_fork(client, config_map, fork, drain):
    created = client.create(CONFIG_MAPS, config_map())
    before = str(int(created["metadata"]["resourceVersion"]) - 1)
    items = drain(fork()[1].watch(CONFIG_MAPS, "default", before))
    assert [item.object["metadata"]["name"] for item in items] == ["one"]


def test_compacting_a_fork_leaves_the_others_past_alone(server, client, config_map, fork):
    client.create(CONFIG_MAPS, config_map())
    other, _ = fork()
    other.store.compact(other.store.revision)
    assert server.store.compacted == 0
