"""Requests that wait for an API server that is away."""

import pytest

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client.patient import Patient
from pytest_kbevents.errors import NoAnswer, NotSent

FINE = Response(200, {"kind": "Pod"})


class Server:
    """Answers so, one after the other; what is an error is raised."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def send(self, request):
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def ask(server, method="GET", *, seconds=600, query=None):
    waits = []
    patient = Patient(server, seconds, waits.append)
    return patient.send(Request(method, "/api/v1/pods", query or {})), waits


@pytest.mark.parametrize("code", [429, 503, 504])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_an_answer_that_says_not_now_is_asked_again(method, code):
    server = Server(Response(code, {}), Response(code, {}), FINE)
    answer, waits = ask(server, method)
    assert answer is FINE
    assert len(waits) == 2


@pytest.mark.parametrize("code", [400, 404, 409, 500])
def test_any_other_answer_is_the_answer(code):
    server = Server(Response(code, {}), FINE)
    assert ask(server)[0].status == code


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_what_was_not_sent_is_sent_again(method):
    assert ask(Server(NotSent("refused"), FINE), method)[0] is FINE


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_write_that_may_have_been_carried_out_is_not_sent_again(method):
    server = Server(NoAnswer("reset"), FINE)
    with pytest.raises(NoAnswer, match="reset"):
        ask(server, method)
    assert len(server.asked) == 1


def test_a_read_without_an_answer_is_sent_again():
    assert ask(Server(NoAnswer("reset"), FINE))[0] is FINE


def test_when_time_is_up_the_last_answer_is_the_answer():
    assert ask(Server(Response(503, {}), FINE), seconds=0)[0].status == 503


def test_when_time_is_up_the_last_error_is_raised():
    with pytest.raises(NotSent, match="refused"):
        ask(Server(NotSent("refused"), FINE), seconds=0)


def test_a_watch_is_asked_for_once():
    server = Server(Response(503, {}), FINE)
    assert ask(server, query={"watch": "true"})[0].status == 503


def test_it_waits_longer_and_longer_and_never_long():
    _, waits = ask(Server(*[Response(503, {})] * 50, FINE))
    assert len(waits) == 50
    assert 0 <= min(waits) <= max(waits) <= 2.0


def test_anything_else_that_goes_wrong_is_raised_at_once():
    with pytest.raises(KeyError):
        ask(Server(KeyError("ours"), FINE))
