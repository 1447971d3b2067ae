"""What is said of each call and of each send."""

import logging

import pytest

from pytest_kbevents.agent.http.logged import LoggedService
from pytest_kbevents.agent.http.service import NoService
from pytest_kbevents.agent.sending.logged import LoggedTransport
from pytest_kbevents.api.http import Request
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.client.client import Client
from pytest_kbevents.errors import ApiError, NoAnswer, NotFound, ServiceUnavailable
from pytest_kbevents.faults.refuse import Refuse


@pytest.fixture
def lines(caplog):
    """Level, message and fields of what was said."""
    caplog.set_level("INFO")
    return lambda: [(record.levelno, record.getMessage(), record.fields) for record in caplog.records]


@pytest.fixture
def logged(transport):
    return Client(LoggedTransport(transport), "kbagent")


@pytest.fixture
def body(sender, identity):
    return sender.wording.first(identity, "roleProbe", "m", 0)


def test_a_call_is_a_line(lines):
    assert LoggedService(NoService()).answer("POST", "/v1.0/action", b"secret").status == 404
    fields = {"method": "POST", "url": "/v1.0/action", "status": 404}
    assert lines() == [(logging.INFO, "HTTP API called", fields)]


def test_an_event_that_was_sent_is_a_line(logged, body, lines):
    made = logged.create(EVENTS, body)
    fields = {"event": made["metadata"]["name"], "reason": "roleProbe", "count": 1}
    assert lines() == [(logging.INFO, "Event sent", fields)]


def test_an_event_that_is_not_there_is_none(logged, lines):
    with pytest.raises(NotFound):
        logged.get(EVENTS, "ns", "nothing")
    assert lines() == []


def test_an_event_that_is_refused_is_an_error(logged, body, faults, lines):
    faults.append(Refuse("POST", "", ServiceUnavailable("down")))
    with pytest.raises(ApiError):
        logged.create(EVENTS, body)
    assert lines() == [(logging.ERROR, "failed to send an Event", {"method": "POST", "error": "down"})]


def test_a_namespace_that_is_not_there_is_an_error(logged, body, lines):
    with pytest.raises(NotFound):
        logged.create(EVENTS, {**body, "metadata": {"name": "e", "namespace": "none"}})
    assert lines()[0][0] == logging.ERROR


def test_no_answer_is_an_error(logged, body, faults, lines):
    def lose(request: Request, handler):
        raise NoAnswer(f"{request.method} lost before {handler}")

    faults.append(lose)
    with pytest.raises(NoAnswer):
        logged.create(EVENTS, body)
    assert [(level, message) for level, message, _ in lines()] == [(logging.ERROR, "failed to send an Event")]
