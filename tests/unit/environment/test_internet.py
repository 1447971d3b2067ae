"""What a worker's process reaches."""

import socket

import pytest

from pytest_kbevents.agent.streams.network import Unreachable
from pytest_kbevents.environment import worker_process
from pytest_kbevents.environment.worker_process import Internet

SECONDS = 5


@pytest.fixture
def internet():
    return Internet(lambda: None)


@pytest.fixture
def listening():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture
def port(listening):
    return listening.getsockname()[1]


@pytest.fixture
def resolves(monkeypatch):
    """A name stands for these addresses."""
    return lambda *addresses: monkeypatch.setattr(worker_process, "_addresses", lambda *_: addresses)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_host_is_reached_by_name_and_by_address(internet, listening, port, host):
    connection = internet.connect(host, port, SECONDS)
    accepted, _ = listening.accept()
    with accepted:
        connection.send(b"hello")
        assert accepted.recv(5) == b"hello"
    connection.close()


def test_who_does_not_listen_is_told_by_address(internet, listening, port, resolves):
    listening.close()
    resolves("127.0.0.1")
    with pytest.raises(Unreachable, match=f"^dial tcp 127.0.0.1:{port}: connect: connection refused$"):
        internet.connect("c1-mysql-0.c1-mysql-headless", port, SECONDS)


def test_of_several_addresses_each_is_tried(internet, listening, port, resolves):
    resolves("127.0.0.2", "127.0.0.1")
    internet.connect("both", port, SECONDS).close()
    listening.accept()[0].close()


def test_of_several_addresses_the_first_is_told_of(internet, listening, port, resolves):
    listening.close()
    resolves("127.0.0.2", "127.0.0.1")
    with pytest.raises(Unreachable, match=r"^dial tcp 127.0.0.2:"):
        internet.connect("both", port, SECONDS)


@pytest.mark.parametrize("host", ["nobody.invalid", "a" * 64 + ".x", "a..b"], ids=["unknown", "long", "empty-label"])
def test_a_name_that_nobody_has_is_not_found(internet, host):
    with pytest.raises(Unreachable, match=f"^dial tcp: lookup {host}: no such host$"):
        internet.connect(host, 3502, SECONDS)
