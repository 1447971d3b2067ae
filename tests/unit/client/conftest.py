"""A real listener on loopback, and a transport to it through a kubeconfig."""

import threading

import pytest

from pytest_kbevents.apiserver.listener import Listener
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.apiserver.wsgi import ADMIN
from pytest_kbevents.client import kubeconfig
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.clock import VirtualClock

TOKEN = "t0ken"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    """The network is loopback only: a proxy of the machine is not to be asked."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server():
    return Server(VirtualClock())


@pytest.fixture
def inside(server):
    """A client without a network: how a test changes what the transport then sees."""
    return Client(server, "inside")


class Door:
    """Stands before the server of the running test, so that one listener can serve all tests of a file."""

    def __init__(self):
        self.server = Server(VirtualClock())

    def send(self, request):
        return self.server.send(request)

    @property
    def authentication(self):
        return self.server.authentication

    def expire(self):
        self.server.expire()

    @property
    def store(self):
        return self.server.store


@pytest.fixture(scope="module")
def opened():
    """A door and the listener at it."""
    door = Door()
    listener = Listener(door, TOKEN)
    listener.start()
    yield door, listener
    listener.stop()


@pytest.fixture
def listener(opened, server):
    door, listener = opened
    server.authentication.accept(TOKEN, ADMIN)
    door.server = server
    yield listener
    listener._app.end_watches()


@pytest.fixture
def woken():
    """Set when a watch has something new."""
    return threading.Event()


@pytest.fixture
def connect(tmp_path, woken):
    """Transports to addresses, closed at the end."""
    transports = []

    def connect(address, token=TOKEN):
        path = tmp_path / f"kubeconfig-{len(transports)}"
        kubeconfig.write(path, server=address, token=token)
        transports.append(HttpTransport(str(path), woken.set))
        return transports[-1]

    yield connect
    for transport in transports:
        transport.close()


@pytest.fixture
def transport(connect, listener):
    return connect(listener.address)


@pytest.fixture
def client(transport):
    return Client(transport, "outside")


@pytest.fixture
def config_map():
    """A ConfigMap's body."""

    def config_map(name="one", value="old"):
        return {"metadata": {"name": name, "namespace": "default"}, "data": {"key": value}}

    return config_map
