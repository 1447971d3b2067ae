"""``kbevents agent`` as the process that it is: what it answers over HTTP and at its streaming port."""

import http.client
import signal
import socket
from contextlib import closing

from agents import PATIENCE, call, dumped


def test_it_answers_over_http(start, tell):
    tell(actions={"roleProbe": "primary"})
    agent = start()
    agent.said("the database was told")
    assert call(agent, action="roleProbe") == (200, {"output": "cHJpbWFyeQ=="})
    assert call(agent, action="nothing") == (
        200,
        {"error": "notDefined", "message": "nothing is not defined: notDefined"},
    )


def test_each_call_is_a_line_unless_it_is_not_wanted(start):
    agents = [start(), start("--api-logging=false")]
    for agent in agents:
        call(agent, action="nothing")
        agent.signal(signal.SIGTERM)
        assert agent.wait() == 0
    assert [sum("HTTP API called" in line for line in agent.lines) for agent in agents] == [1, 0]


def test_it_answers_at_a_unix_socket(start, tmp_path):
    agent = start("--unix-socket", str(tmp_path))
    path = agent.said("started")["http"]
    with closing(http.client.HTTPConnection("localhost", timeout=PATIENCE)) as connection:
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(path)
        connection.request("POST", "/v1.0/action", '{"action":"nothing"}')
        assert connection.getresponse().status == 200
    assert path == str(tmp_path / "kbagent.socket")


def test_one_connection_too_many_is_refused(start):
    agent = start("--max-concurrency", "1")
    with socket.create_connection(("127.0.0.1", agent.port_of("http")), PATIENCE):
        assert call(agent, action="nothing")[0] == 503


def test_the_streaming_port_hands_out_a_dump(start, tell):
    tell(actions={"dataDump": "all [[ parameters.of ]]"})
    agent = start()
    agent.said("the database was told")
    assert dumped(agent, action="dataDump", parameters={"of": "it"}) == b"all it"


def test_what_may_not_be_streamed_is_nothing(start):
    assert dumped(start(), action="roleProbe") == b""


def test_without_actions_each_path_is_unknown_and_there_is_no_streaming(start):
    agent = start(ACTION=None)
    assert agent.said("started")["streaming"] is None
    assert call(agent, action="roleProbe") == (404, b"Not Found")
