"""Clients that mean no good, or are gone: the server stays, and keeps little of them."""

import json
import socket
import threading
import time
from itertools import count

import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS
from pytest_kbevents.apiserver.listener import Listener
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.apiserver.verbs.incoming import BODY_LIMIT
from pytest_kbevents.apiserver.verbs.watching import MOST_WAITING
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import WallClock

TOKEN = "t0ken"
SECONDS = 20
MAPS = "/api/v1/namespaces/default/configmaps"


@pytest.fixture
def server():
    return Server(WallClock())


@pytest.fixture
def listener(server):
    listener = Listener(server, TOKEN)
    listener.start()
    yield listener
    listener.stop()


@pytest.fixture
def connect(listener):
    """Sockets to the listener."""
    port = int(listener.address.split(":")[2].split("/")[0])
    sockets = []

    def connect():
        connection = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
        sockets.append(connection)
        return connection

    yield connect
    for connection in sockets:
        connection.close()


@pytest.fixture
def exchange(connect):
    """Sends bytes as they are; the status code of the answer, or None when the connection was closed without one."""

    def exchange(text):
        connection = connect()
        connection.sendall(text)
        line = connection.makefile("rb").readline()
        return int(line.split()[1]) if line else None

    return exchange


@pytest.fixture
def writer(server):
    """Changes one ConfigMap again and again."""
    client = Client(server, "writer")
    state = [client.create(CONFIG_MAPS, {"metadata": {"name": "m", "namespace": "default"}, "data": {"n": "0"}})]

    numbers = count(1)

    def write(times, filler=""):
        for _ in range(times):
            state[0] = client.update(CONFIG_MAPS, {**state[0], "data": {"n": f"{next(numbers)}{filler}"}})

    return write


def head(method, path, *lines):
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: x", *lines, "", ""]).encode()


def until(predicate):
    """Whether it comes to hold within a generous time."""
    deadline = time.monotonic() + SECONDS
    turn = threading.Event()
    while not predicate():
        if time.monotonic() > deadline:
            return False
        turn.wait(0.01)
    return True


def test_it_is_bound_to_the_loopback_alone(listener):
    assert listener._http.bind_addr[0] == "127.0.0.1"


@pytest.mark.parametrize("token", ["wrong", "", "t0ke", "t0kenn", "x" * 5000])
def test_a_wrong_token_opens_nothing(exchange, token):
    assert exchange(head("GET", MAPS, f"Authorization: Bearer {token}")) in (401, 403)


def test_a_body_that_is_too_large_is_refused_by_its_length(exchange):
    lines = (f"Authorization: Bearer {TOKEN}", "Content-Type: application/json", f"Content-Length: {BODY_LIMIT + 1}")
    assert exchange(head("POST", MAPS, *lines)) == 413


@pytest.mark.parametrize(
    "text",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\xff" * 1000 + b"\r\n\r\n",
        head("GET", "/" + "a" * 70000),
        head("GET", MAPS, *[f"X-{number}: {number}" for number in range(3000)]),
        head("POST", MAPS, "Content-Length: x"),
        head("POST", MAPS, "Transfer-Encoding: chunked") + b"zz\r\n\r\n",
        head("GET", "/%00%ff%zz?%%%=&&=&a"),
    ],
)
def test_what_is_no_request_is_no_request(exchange, text, server):
    code = exchange(text)
    assert code in (None, 505) or 400 <= code < 500
    assert server.store.revision > 0


def test_a_client_that_says_nothing_keeps_nobody_waiting(connect, exchange):
    for _ in range(8):
        connect()
    assert exchange(head("GET", "/readyz")) == 200


def watching(connect, query="watch=1"):
    connection = connect()
    connection.sendall(head("GET", f"{MAPS}?{query}", f"Authorization: Bearer {TOKEN}"))
    assert b"200" in connection.recv(64)
    return connection


def test_a_watcher_that_never_reads_costs_bounded_memory(connect, listener, writer):
    watching(connect)
    assert until(lambda: len(listener._app._watches) == 1)
    (watch,) = listener._app._watches
    writer(MOST_WAITING + 3000, "x" * 1000)
    assert len(watch._items) <= MOST_WAITING + 1
    assert watch._ended or len(watch._items) <= MOST_WAITING


def test_watchers_that_are_gone_leave_no_watch_behind(connect, listener, writer):
    for _ in range(20):
        watching(connect).close()
    assert until(lambda: (writer(1), len(listener._app._watches) == 0)[1])


def test_stopping_leaves_no_thread_behind(server):
    before = set(threading.enumerate())
    listener = Listener(server, TOKEN)
    listener.start()
    port = int(listener.address.split(":")[2].split("/")[0])
    connections = [socket.create_connection(("127.0.0.1", port)) for _ in range(5)]
    for connection in connections:
        connection.sendall(head("GET", f"{MAPS}?watch=1", f"Authorization: Bearer {TOKEN}"))
        connection.recv(64)
    listener.stop()
    for connection in connections:
        connection.close()
    assert until(lambda: set(threading.enumerate()) <= before)


def test_a_watch_over_http_has_its_bookmark_before_it_ends(connect, writer):
    writer(1)
    connection = watching(connect, "watch=1&allowWatchBookmarks=true&timeoutSeconds=1")
    text = b""
    while chunk := connection.recv(65536):
        text += chunk
        if text.endswith(b"0\r\n\r\n"):
            break
    lines = [json.loads(line) for line in text.splitlines() if line.startswith(b"{")]
    assert lines[-1]["type"] == "BOOKMARK"
