"""Connections over real sockets."""

import queue
import socket
import struct

import pytest

from pytest_kbevents.agent.streams.loopback import Loopback
from pytest_kbevents.agent.streams.network import Unreachable
from pytest_kbevents.agent.streams.tcp import TcpListener, dial

HERE = "127.0.0.1"


class Reading:
    """Reads a connection to its end; waits for the bell, never for the clock."""

    def __init__(self, bell):
        self._bell = bell

    def whole(self, connection):
        came = b""
        while True:
            while data := connection.take():
                came += data
            if connection.over():
                return came
            self._bell.get(timeout=30)


@pytest.fixture
def bell():
    return queue.SimpleQueue()


@pytest.fixture
def reading(bell):
    return Reading(bell)


@pytest.fixture
def network(bell):
    network = Loopback(lambda: bell.put(1))
    yield network
    network.close()


@pytest.fixture
def pair(network):
    """Both ends of one connection."""
    accepted = queue.SimpleQueue()
    network.listen("c1-mysql-0", "10.0.0.1", accepted.put)
    here = network.connect("c1-mysql-0.c1-mysql-headless.ns.svc.cluster.local", 3502, 5)
    there = accepted.get(timeout=30)
    yield here, there
    for end in (here, there):
        end.close()


def test_bytes_go_both_ways(pair, reading):
    here, there = pair
    here.send(b"ask")
    here.close()
    assert reading.whole(there) == b"ask"


def test_more_than_a_buffer_comes_whole(pair, reading):
    here, there = pair
    data = bytes(range(256)) * 20_000
    import threading

    sender = threading.Thread(target=lambda: (there.send(data), there.close()))
    sender.start()
    assert reading.whole(here) == data
    sender.join()


def test_a_close_is_no_break(pair, reading):
    here, there = pair
    there.close()
    assert (reading.whole(here), here.broken()) == (b"", False)


def test_an_abort_is_one(pair, reading):
    here, there = pair
    there.send(b"half")
    there.abort()
    reading.whole(here)
    assert here.broken()


def test_closing_twice_is_closing(pair):
    here, _ = pair
    here.close()
    here.close()
    assert here.over()


def test_what_is_sent_into_a_broken_connection_is_lost(pair, reading):
    here, there = pair
    there.abort()
    reading.whole(here)
    here.send(b"lost")
    assert here.broken()


def test_addresses_are_told_as_go_tells_them(pair):
    here, there = pair
    assert here.addresses() == "->".join(reversed(there.addresses().split("->")))


def test_a_pod_that_left_refuses_by_the_address_it_had(network):
    network.listen("c1-mysql-0", "10.0.0.1", lambda connection: connection.close())
    network.leave("c1-mysql-0")
    with pytest.raises(Unreachable, match=r"dial tcp 10\.0\.0\.1:3502: connect: connection refused"):
        network.connect("c1-mysql-0", 3502, 5)


def test_a_port_where_nobody_listens_refuses():
    with socket.create_server((HERE, 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Unreachable, match=rf"dial tcp {HERE}:{port}: connect: connection refused"):
        dial((HERE, port), 5, lambda: None)


def test_a_name_that_is_none_has_no_host():
    with pytest.raises(Unreachable, match=r"dial tcp: lookup no-such-host\.invalid: no such host"):
        dial(("no-such-host.invalid", 1), 5, lambda: None)


def test_a_port_that_is_taken_cannot_be_had():
    with socket.create_server((HERE, 0)) as server, pytest.raises(OSError, match="in use"):
        TcpListener((HERE, server.getsockname()[1]), lambda _: None, lambda: None)


def test_a_client_that_is_gone_at_once_does_not_end_the_port(network, reading):
    """It connects and resets: its address cannot even be asked for."""
    accepted = queue.SimpleQueue()
    network.listen("c1-mysql-0", "10.0.0.1", accepted.put)
    port = network._doors["c1-mysql-0"][1].port
    for _ in range(50):
        gone = socket.create_connection((HERE, port))
        gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        gone.close()
    here = network.connect("c1-mysql-0", 3502, 5)
    here.send(b"still there")
    here.close()
    said = b""
    while said != b"still there":
        there = accepted.get(timeout=30)
        said = reading.whole(there)
        there.close()
