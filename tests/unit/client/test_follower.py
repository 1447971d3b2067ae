"""A watch that goes on."""

import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.follower import Follower
from pytest_kbevents.clock import VirtualClock
from pytest_kbevents.errors import Gone


class Ends:
    """A client whose watches can be ended as a server ends them."""

    def __init__(self, client):
        self.client = client
        self.streams = []

    def watch(self, *arguments):
        self.streams.append(self.client.watch(*arguments))
        return self.streams[-1]


@pytest.fixture
def server():
    return Server(VirtualClock())


@pytest.fixture
def write(server):
    client = Client(server, "writer")
    return lambda name: client.create(CONFIG_MAPS, {"metadata": {"name": name, "namespace": "default"}})


@pytest.fixture
def client(server):
    return Ends(Client(server, "follower"))


def follow(client, server):
    return Follower(client, CONFIG_MAPS, "default", str(server.store.revision))


def names(follower):
    seen = []
    while follower.ready():
        item = follower.take()
        seen += [item.object["metadata"]["name"]] if item else []
    return seen


def test_nothing_is_lost_and_nothing_comes_twice_when_a_stream_ends(client, server, write):
    follower = follow(client, server)
    write("a")
    seen = names(follower)
    client.streams[-1].close()
    write("b")
    assert seen + names(follower) == ["a", "b"]


def test_what_the_server_has_forgotten_is_gone(client, server, write):
    follower = follow(client, server)
    client.streams[-1].close()
    write("a")
    server.store.compact(server.store.revision)
    assert follower.take() is None  # the watch that it begins then has the 410 as its first item
    with pytest.raises(Gone):
        follower.take()


def test_a_closed_follower_never_watches_again(client, server, write):
    follower = follow(client, server)
    follower.close()
    write("a")
    assert (follower.ready(), follower.take(), len(client.streams)) == (False, None, 1)
