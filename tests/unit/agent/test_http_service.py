"""What is answered over HTTP, byte by byte."""

import json

import pytest

from pytest_kbevents.agent.actions.action import Action
from pytest_kbevents.agent.actions.answer import Answer
from pytest_kbevents.agent.actions.calls import Calls
from pytest_kbevents.agent.http.service import NOT_FOUND, ActionService, NoService, waited
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.clock import WallClock

TEXT = "text/plain; charset=utf-8"


class Fake:
    """Always answers the same."""

    def __init__(self):
        self.answer = Answer()
        self.runs = []

    def answers(self, action):
        return bool(action)

    def run(self, run):
        self.runs.append(run)
        return self.answer


@pytest.fixture
def database():
    return Fake()


@pytest.fixture
def service(database):
    clock = WallClock()
    calls = Calls({"check": Action("check", command=("check",))}, database, TABLE["main"], clock)
    return ActionService(calls, lambda running: waited(running, clock))


@pytest.fixture
def post(service):
    """Call the action ``check`` with these fields; the answer."""
    return lambda **fields: service.answer("POST", "/v1.0/action", json.dumps({"action": "check", **fields}).encode())


def test_an_output_is_told_in_base64(post, database):
    database.answer = Answer(b"primary\xff")
    assert post().body == b'{"output":"cHJpbWFyef8="}'


def test_no_output_is_an_empty_object(post):
    assert post().body == b"{}"


def test_a_failure_is_told_by_type_and_text(post, database):
    database.answer = Answer(exit_code=1)
    assert post().body == b'{"error":"failed","message":"exit code: 1: failed"}'


def test_a_text_is_escaped_as_go_does(post, database):
    database.answer = Answer(exit_code=1, stderr="<\udcff>\n")
    assert rb"stderr: \u003c\ufffd\u003e\n: failed" in post().body


@pytest.mark.parametrize("answer", [Answer(), Answer(exit_code=1)], ids=["success", "failure"])
def test_whatever_came_of_an_action_is_json_and_200(post, database, answer):
    database.answer = answer
    reply = post()
    assert (reply.status, reply.content_type) == (200, "application/json")


def test_an_unknown_action_is_200_too(service):
    reply = service.answer("POST", "/v1.0/action", b'{"action":"other"}')
    assert (reply.status, reply.body) == (
        200,
        b'{"error":"notDefined","message":"other is not defined: notDefined"}',
    )


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"check"', b'{"action":1}', b'{"timeoutSeconds":"1"}', b'{"timeoutSeconds":1.0}', b"{} {}"],
)
def test_bad_json_is_a_bad_request_and_200(service, body):
    reply = service.answer("POST", "/v1.0/action", body)
    found = json.loads(reply.body)
    assert (reply.status, found["error"]) == (200, "badRequest")


def test_bad_json_is_told_with_its_reason(service):
    found = json.loads(service.answer("POST", "/v1.0/action", b'{"action":[]}').body)
    assert found["message"] == "unmarshal action request error: cannot unmarshal list into str: badRequest"


def test_null_is_a_call_of_no_action(service):
    found = json.loads(service.answer("POST", "/v1.0/action", b"null").body)
    assert found["message"] == " is not defined: notDefined"


def test_keys_fold(service, database):
    service.answer("POST", "/v1.0/action", b'{"ACTION":"check","TimeOutSeconds":7}')
    assert database.runs[0].limit == 7


def test_parameters_reach_the_run(post, database):
    post(parameters={"KEY": "value"})
    assert database.runs[0].call.parameters == {"KEY": "value"}


def test_each_list_of_arguments_is_a_run(post, database):
    post(arguments=[["a", "b"], []])
    assert [run.arguments for run in database.runs] == [("a", "b"), ()]


def test_a_retry_policy_is_followed(post, database):
    database.answer = Answer(exit_code=1)
    post(retryPolicy={"maxRetries": 2, "retryInterval": 1000})
    assert len(database.runs) == 3


def test_bytes_that_are_no_utf_8_are_replaced(service, database):
    service.answer("POST", "/v1.0/action", b'{"action":"check","parameters":{"KEY":"\xff"}}')
    assert database.runs[0].call.parameters == {"KEY": "\ufffd"}


@pytest.mark.parametrize(("path", "name"), [("/v1.0/probe", "Probe"), ("/v1.0/streaming", "Streaming")])
def test_other_services_are_not_for_requests(service, path, name):
    reply = service.answer("POST", path, b"{}")
    text = f"service {name} does not support request handling: notImplemented"
    assert (reply.status, reply.content_type, reply.body) == (500, TEXT, text.encode())


@pytest.mark.parametrize("path", ["/v1.0/action", "/v1.0/probe", "/v1.0/streaming"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE"])
def test_other_methods_are_not_allowed(service, method, path):
    reply = service.answer(method, path, b"")
    assert (reply.status, reply.content_type, reply.body, reply.headers) == (
        405,
        TEXT,
        b"Method Not Allowed",
        {"Allow": "OPTIONS, POST"},
    )


def test_options_tells_what_is_allowed(service):
    reply = service.answer("OPTIONS", "/v1.0/action", b"")
    assert (reply.status, reply.content_type, reply.body, reply.headers) == (200, "", b"", {"Allow": "OPTIONS, POST"})


@pytest.mark.parametrize("path", ["/", "", "/v1.0", "/v1.0/other", "/v1.0/action/more"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_paths_are_not_found(service, method, path):
    reply = service.answer(method, path, b"")
    assert (reply.status, reply.content_type, reply.body) == (404, TEXT, b"Not Found")


def test_a_slash_too_many_is_sent_to_the_path_without_it(service):
    reply = service.answer("POST", "/v1.0/action/", b"{}")
    assert (reply.status, reply.body, reply.headers) == (308, b"", {"Location": "/v1.0/action"})


def test_a_slash_too_many_is_not_found_by_other_methods(service):
    assert service.answer("GET", "/v1.0/action/", b"") == NOT_FOUND


def test_an_agent_without_actions_has_nothing():
    assert NoService().answer("POST", "/v1.0/action", b"{}") == NOT_FOUND


def test_a_call_is_waited_for(post, database):
    database.answer = Answer(b"late", latency=1)
    assert post().body == b'{"output":"bGF0ZQ=="}'
