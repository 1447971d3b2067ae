"""What stands in for databases and their clients: real processes on loopback."""

import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from pytest_kbevents.agent.standin import caller, database

SECONDS = 20.0


@pytest.fixture
def start():
    """Starts a program at any port; the process and its port. What still runs at the end is killed."""
    started = []

    def start(program, **environment):
        command = [sys.executable, "-S", "-E", program.__file__, "0"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        started.append(process)
        timer = threading.Timer(SECONDS, process.kill)  # so that reading from it ends
        timer.start()
        line = process.stdout.readline()
        timer.cancel()
        return process, int(line.split()[-1])

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def ask(start):
    """Asks a caller; status and what it says."""
    _, port = start(caller)

    def ask(path, method="GET"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        with closing(connection):
            connection.request(method, path)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())

    ask.port = port
    return ask


@pytest.fixture
def listening():
    """A port that this test answers at."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def told(port, host="127.0.0.1"):
    with socket.create_connection((host, port), timeout=SECONDS) as connection:
        return connection.makefile().read()


def test_a_database_tells_the_name_of_its_pod(start):
    _, port = start(database, KB_POD_NAME="c1-mysql-0")
    assert [told(port), told(port)] == ["c1-mysql-0"] * 2


def test_a_database_that_is_not_told_its_pod_tells_the_hosts_name(start):
    _, port = start(database)
    assert told(port) == socket.gethostname()


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")
def test_a_database_is_at_addresses_of_both_families(start):
    _, port = start(database, KB_POD_NAME="c1-mysql-0")
    assert told(port, "::1") == "c1-mysql-0"


def test_a_database_outlives_clients_that_go_at_once(start):
    _, port = start(database, KB_POD_NAME="c1-mysql-0")
    for _ in range(20):
        socket.create_connection(("127.0.0.1", port)).close()
    assert told(port) == "c1-mysql-0"


@pytest.mark.parametrize("program", [database, caller], ids=["database", "caller"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_at_once(start, program, number):
    process, _ = start(program)
    process.send_signal(number)
    assert process.wait(SECONDS) == 0


@pytest.mark.parametrize("program", [database, caller], ids=["database", "caller"])
def test_it_needs_the_standard_library_alone(program):
    code = f"import runpy, sys; runpy.run_path({program.__file__!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-S", "-E", "-c", code], capture_output=True, text=True, check=True)
    assert {name.partition(".")[0] for name in done.stdout.split()} - set(sys.stdlib_module_names) <= {"__main__"}


def test_a_caller_is_there(ask):
    assert ask("/") == (200, {})


def test_a_caller_says_whom_it_reached(ask, start):
    _, port = start(database, KB_POD_NAME="c1-mysql-0")
    assert ask(f"/connect/localhost/{port}") == (200, {"reached": "c1-mysql-0"})


def test_a_caller_says_that_a_connection_is_refused(ask, listening):
    port = listening.getsockname()[1]
    listening.close()
    assert ask(f"/connect/127.0.0.1/{port}") == (200, {"error": "refused"})


def test_a_caller_says_that_nobody_tells_anything_in_time(ask, listening):
    assert ask(f"/connect/127.0.0.1/{listening.getsockname()[1]}") == (200, {"error": "timeout"})


def test_a_caller_says_that_a_connection_is_closed_without_a_word(ask, listening):
    def hang_up():
        connection, _ = listening.accept()
        connection.close()

    thread = threading.Thread(target=hang_up)
    thread.start()
    assert ask(f"/connect/127.0.0.1/{listening.getsockname()[1]}") == (200, {"error": "closed"})
    thread.join()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "unknown host"),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"), "no answer from DNS"),
        (UnicodeError("label too long"), "unknown host"),
        (OSError(113, "No route to host"), "no route to host"),
        (ConnectionResetError(104, "Connection reset by peer"), "reset"),
    ],
    ids=["name", "dns", "label", "route", "reset"],
)
def test_every_failure_has_its_word(monkeypatch, error, told):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(socket, "create_connection", fail)
    assert caller.connect("mysql", 3306) == {"error": told}


def test_several_callers_are_served_at_once(ask, listening):
    port = listening.getsockname()[1]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, [f"/connect/127.0.0.1/{port}"] * 8))
        assert answers == [(200, {"error": "timeout"})] * 8


@pytest.mark.parametrize(
    "path", ["/x", "/connect", "/connect/a", "/connect//1", "/connect/a/b", "/connect/a/65536", "/connect/a/1/2"]
)
def test_other_paths_are_not_there(ask, path):
    assert ask(path) == (404, {"error": "there is /connect/SERVICE/PORT"})


def test_other_methods_are_not_allowed(ask):
    assert ask("/", "DELETE")[0] == 405


@pytest.mark.parametrize("text", ["", "\r\n\r\n", "GET /\r\n\r\n", "x" * 9000], ids=["none", "empty", "0.9", "long"])
def test_what_is_no_request_is_told_so_and_harms_nobody(ask, text):
    with socket.create_connection(("127.0.0.1", ask.port), timeout=SECONDS) as connection:
        connection.sendall(text.encode())
        connection.shutdown(socket.SHUT_WR)
        assert connection.makefile().readline() in ("HTTP/1.1 400 Bad Request\r\n", "HTTP/1.1 400 Bad Request\n")
    assert ask("/")[0] == 200
