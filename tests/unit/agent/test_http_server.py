"""The HTTP port, over real sockets."""

import socket
import threading
from contextlib import closing, contextmanager
from http.client import HTTPConnection

import pytest

from pytest_kbevents.agent.http import server as http_server
from pytest_kbevents.agent.http.server import HttpServer
from pytest_kbevents.agent.http.service import Reply
from pytest_kbevents.agent.panic import Panic

PATIENCE = 60
"""Seconds; nothing here takes that long."""
LIMIT = 3


class Echo:
    """Tells what it was asked, or does what ``acts`` says of the path."""

    def __init__(self):
        self.acts = {}

    def answer(self, method, path, body):
        if path in self.acts:
            return self.acts[path]()
        return Reply(200, "text/plain", f"{method} {path} {body.decode()}".encode(), {"Told": "yes"})


@pytest.fixture
def service():
    return Echo()


@pytest.fixture
def failures():
    return []


@pytest.fixture
def server(service, failures):
    server = HttpServer(service, ("127.0.0.1", 0), LIMIT, failures.append)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def connect(server):
    """Open connections; they are closed at the end."""
    opened = []

    def connect():
        opened.append(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE))
        opened[-1].connect()
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


def ask(connection, method="POST", path="/path", body="body", **more):
    """The answer, read to its end."""
    connection.request(method, path, body, **more)
    response = connection.getresponse()
    return response, response.read()


def test_what_the_service_answers_is_sent(connect):
    response, body = ask(connect())
    assert (response.status, response.reason, response.headers["Told"], body) == (200, "OK", "yes", b"POST /path body")


def test_an_answer_is_http_1_1_and_has_its_length(connect):
    response, body = ask(connect())
    assert (response.version, response.headers["Content-Length"]) == (11, str(len(body)))


def test_the_content_type_is_the_services(connect):
    assert ask(connect())[0].headers["Content-Type"] == "text/plain"


def test_a_body_without_a_length_is_read(connect):
    _, body = ask(connect(), body=iter([b"in ", b"parts"]))
    assert body == b"POST /path in parts"


def test_a_request_without_a_body_has_an_empty_one(connect):
    assert ask(connect(), "GET", body=None)[1] == b"GET /path "


def test_a_query_is_no_part_of_the_path(connect):
    assert ask(connect(), path="/path?query")[1] == b"POST /path body"


def test_head_has_no_body(connect):
    connection = connect()
    ask(connection, "HEAD", body=None)
    assert ask(connection)[1] == b"POST /path body"


def test_a_redirect_is_sent(connect, service):
    service.acts["/path"] = lambda: Reply(308, headers={"Location": "/other"})
    response, body = ask(connect())
    assert (response.status, response.reason, response.headers["Location"], body) == (
        308,
        "Permanent Redirect",
        "/other",
        b"",
    )


def test_an_answer_without_a_content_type_has_none(connect, service):
    service.acts["/path"] = lambda: Reply(200)
    assert "Content-Type" not in ask(connect())[0].headers


def test_a_connection_serves_many_requests(connect):
    connection = connect()
    assert [ask(connection, body=str(number))[1][-1:] for number in range(3)] == [b"0", b"1", b"2"]


def test_requests_are_served_side_by_side(connect, service):
    together = threading.Barrier(LIMIT)

    def meet():
        together.wait(PATIENCE)
        return Reply(200, body=b"met")

    service.acts["/path"] = meet
    connections = [connect() for _ in range(LIMIT)]
    for connection in connections:
        connection.request("POST", "/path")
    assert [connection.getresponse().read() for connection in connections] == [b"met"] * LIMIT


def status_of(connection):
    """The status of one request, after which the connection is closed."""
    with closing(connection):
        return ask(connection)[0].status


def refused(connection):
    """What it is told without having asked."""
    return b"".join(iter(lambda: connection.sock.recv(4096), b""))


def test_one_connection_too_many_is_refused_before_it_asks(connect):
    for _ in range(LIMIT):
        connect()
    assert refused(connect()).startswith(b"HTTP/1.1 503 Service Unavailable\r\n")


def test_one_connection_too_many_is_told_why(connect):
    for _ in range(LIMIT):
        connect()
    response, body = ask(connect())
    assert (response.status, body) == (
        503,
        b"The connection cannot be served because Server.Concurrency limit exceeded",
    )


def test_connections_that_were_served_count_while_they_are_idle(connect):
    for _ in range(LIMIT):
        ask(connect())
    assert ask(connect())[0].status == 503


def test_refused_connections_do_not_count(connect):
    idle = [connect() for _ in range(LIMIT)]
    for _ in range(LIMIT):
        ask(connect())
    assert [ask(connection)[0].status for connection in idle] == [200] * LIMIT


def test_a_connection_that_is_closed_makes_room(connect):
    idle = [connect() for _ in range(LIMIT)]
    idle[0].close()
    statuses = (status_of(connect()) for _ in range(100_000))  # the server hears of it in time, not at once
    assert next(status for status in statuses if status == 200)


def test_what_the_service_raises_is_told(connect, service, failures):
    problem = Panic("a panic")

    def fail():
        raise problem

    service.acts["/path"] = fail
    ask(connect())
    assert failures == [problem]


def test_what_the_service_raises_is_500(connect, service):
    service.acts["/path"] = lambda: 1 / 0
    assert ask(connect())[0].status == 500


def test_a_request_that_was_left_halfway_harms_nobody(connect):
    connection = connect()
    connection.sock.sendall(b"POST /path HTTP/1.1\r\n")
    connection.close()
    assert ask(connect())[0].status == 200


def test_a_taken_port_is_a_panic(service, server):
    other = HttpServer(service, ("127.0.0.1", server.port), LIMIT)
    with pytest.raises(Panic, match=r"^no endpoint to listen on$"):
        other.start()


def test_a_path_that_cannot_be_had_is_a_panic(service, tmp_path):
    other = HttpServer(service, str(tmp_path / "missing" / "kbagent.socket"), LIMIT)
    with pytest.raises(Panic, match=r"^no endpoint to listen on$"):
        other.start()


def test_a_server_that_never_started_can_be_stopped(service):
    HttpServer(service, ("127.0.0.1", 0), LIMIT).stop()


def test_a_server_can_be_stopped_twice(server):
    server.stop()
    server.stop()


def test_a_server_that_was_stopped_does_not_answer(server):
    port = server.port
    server.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_a_server_that_stops_closes_its_connections(server, connect):
    connection = connect()
    ask(connection)
    server.stop()
    assert connection.sock.recv(1) == b""


@pytest.fixture
def left_behind(server, connect, service, monkeypatch):
    """The port of a server that was stopped in the midst of a call."""
    monkeypatch.setattr(http_server, "LONGEST_STOP", 1)
    entered, released = threading.Event(), threading.Event()

    def wait():
        entered.set()
        released.wait(PATIENCE)
        return Reply(200)

    service.acts["/path"] = wait
    before = set(threading.enumerate())
    connect().request("POST", "/path")
    entered.wait(PATIENCE)
    server.stop()
    yield server.port
    released.set()
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE)


def test_a_call_under_way_does_not_keep_the_server(left_behind):
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", left_behind))


def test_a_server_does_not_keep_the_process(service):
    before = set(threading.enumerate())
    server = HttpServer(service, ("127.0.0.1", 0), LIMIT)
    server.start()
    kept = [thread for thread in set(threading.enumerate()) - before if not thread.daemon]
    server.stop()
    assert kept == []


@contextmanager
def at_path(service, path):
    server = HttpServer(service, path, LIMIT)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def test_a_unix_socket_is_served(service, tmp_path):
    path = str(tmp_path / "kbagent.socket")
    connection = HTTPConnection("localhost")
    with at_path(service, path), closing(socket.socket(socket.AF_UNIX)) as connection.sock:
        connection.sock.connect(path)
        _, body = ask(connection)
    assert body == b"POST /path body"


def test_at_a_unix_socket_there_is_no_port(service, tmp_path):
    with at_path(service, str(tmp_path / "kbagent.socket")) as server:
        assert server.port == 0
