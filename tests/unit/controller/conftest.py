"""A real server on a virtual clock, with one client."""

import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.interceptor import Intercepted
from pytest_kbevents.clock import VirtualClock
from pytest_kbevents.cluster import crds
from pytest_kbevents.controller.informer import Informer
from pytest_kbevents.errors import NotFound


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def server(clock):
    server = Server(clock)
    crds.install(Client(server, "harness"))
    return server


@pytest.fixture
def faults():
    """What stands between ``client`` and the server; put interceptors in."""
    return []


@pytest.fixture
def client(server, faults):
    return Client(Intercepted(server, faults), "test")


@pytest.fixture
def config_map(client):
    """Create or change a ConfigMap of the namespace default; returns its key."""

    def write(name, value="1"):
        try:
            client.patch(CONFIG_MAPS, "default", name, {"data": {"value": value}})
        except NotFound:
            client.create(CONFIG_MAPS, {"metadata": {"name": name, "namespace": "default"}, "data": {"value": value}})
        return ("default", name)

    return write


@pytest.fixture
def settle(clock):
    """Let an actor take every step that is due now."""

    def settle(actor):
        steps = 0
        while (due := actor.due()) is not None and due <= clock.micros():
            actor.step()
            steps += 1
            assert steps < 1000, "it never comes to rest"

    return settle


class Tapped:
    """A client that remembers its watches, and what to do between a list and its watch."""

    def __init__(self, client):
        self._client = client
        self.streams = []
        self.listings = 0
        self.between = lambda: None

    def listing(self, resource, namespace=""):
        self.listings += 1
        listing = self._client.listing(resource, namespace)
        self.between()
        self.between = lambda: None
        return listing

    def watch(self, resource, namespace, revision, *, bookmarks):
        self.streams.append(self._client.watch(resource, namespace, revision, bookmarks=bookmarks))
        return self.streams[-1]


@pytest.fixture
def tapped(client):
    return Tapped(client)


@pytest.fixture
def informer(tapped, clock):
    return Informer(tapped, CONFIG_MAPS, "default", clock)


@pytest.fixture
def heard(informer):
    """The keys the informer told."""
    keys = []
    informer.on_change(keys.append)
    return keys
