"""``kbevents agent`` as the process that it is: how it ends, and with which exit code."""

import http.client
import signal
import socket
from contextlib import suppress

import pytest

from agents import ACTIONS, PATIENCE, action, call, dumped


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_0(start, number):
    agent = start()
    agent.said("started")
    agent.signal(number)
    assert agent.wait() == 0


def test_a_signal_ends_it_while_a_command_runs(start, tell):
    tell(actions={"roleProbe": {"command": ["/bin/sh", "-c", "sleep 60"]}, "dataDump": "all"})
    agent = start()
    agent.said("the database was told")
    with socket.create_connection(("127.0.0.1", agent.port_of("http")), PATIENCE) as connection:
        connection.sendall(b'POST /v1.0/action HTTP/1.1\r\nHost: x\r\nContent-Length: 22\r\n\r\n{"action":"roleProbe"}')
        dumped(agent, action="dataDump")
        agent.signal(signal.SIGTERM)
        assert agent.wait() == 0


@pytest.mark.parametrize(
    ("variables", "text"),
    [
        ({"ACTION": "{"}, "KB_AGENT_ACTION: "),
        ({"PROBE": "[{"}, "KB_AGENT_PROBE: "),
        ({"PROBE": '[{"action":"nothing"}]'}, "probe nothing has no action defined"),
        ({"STREAMING": "nothing"}, "action nothing has not defined"),
    ],
    ids=["actions", "probes", "unknown-probe", "unknown-stream"],
)
def test_a_configuration_that_is_none_is_a_panic(start, variables, text):
    assert start(**variables).panic().startswith(text)


def test_equal_ports_are_a_panic(start, port):
    assert start(f"--port={port}", f"--streaming-port={port}").panic() == "HTTP port and streaming port are the same"


def test_an_http_port_that_is_taken_is_a_panic(start):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert start(f"--port={taken.getsockname()[1]}").panic() == "no endpoint to listen on"


def test_a_folder_of_the_socket_that_is_not_there_is_a_panic(start, tmp_path):
    assert start("--unix-socket", str(tmp_path / "nowhere")).panic() == "no endpoint to listen on"


def test_a_streaming_port_that_is_taken_is_a_panic(start):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        told = start(f"--streaming-port={taken.getsockname()[1]}").panic()
    assert told == f"listen tcp {where}: bind: address already in use"


def test_a_probe_of_an_exec_without_command_is_a_panic(start, tell):
    tell(actions={"roleProbe": {"command": True}})
    assert start(actions=[action("roleProbe"), *ACTIONS[1:]]).panic() == "action roleProbe is an exec without command"


def test_a_call_of_an_exec_without_command_is_a_panic(start):
    agent = start(actions=[action("roleProbe"), *ACTIONS[1:]])
    with suppress(OSError, http.client.HTTPException):  # it may be gone before it has answered
        call(agent, action="roleProbe")
    assert agent.panic() == "action roleProbe is an exec without command"
