"""Requests that are under way: nobody hears of them, and they arrive."""

import pytest

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.clock import SECOND, VirtualClock
from pytest_kbevents.errors import NoAnswer
from pytest_kbevents.faults.hold import Hold

POST = Request("POST", "/api/v1/namespaces/ns/events", body={"a": 1})


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def hold(clock):
    return Hold("POST", "/events", 5 * SECOND, clock)


@pytest.fixture
def arrived():
    return []


@pytest.fixture
def handler(arrived):
    def handler(request):
        arrived.append(request)
        return Response(201)

    return handler


def test_its_sender_hears_nothing(hold, handler, arrived):
    with pytest.raises(NoAnswer, match="POST /api/v1/namespaces/ns/events: the connection broke"):
        hold(POST, handler)
    assert arrived == []


def test_it_arrives_later(hold, handler, arrived, clock):
    with pytest.raises(NoAnswer):
        hold(POST, handler)
    assert hold.due() == clock.micros() + 5 * SECOND
    hold.step()
    assert (arrived, hold.due()) == ([POST], None)


def test_the_next_one_is_not_held(hold, handler, arrived):
    with pytest.raises(NoAnswer):
        hold(POST, handler)
    assert (hold(POST, handler).status, arrived) == (201, [POST])


@pytest.mark.parametrize("request_", [Request("PUT", POST.path), Request("POST", "/api/v1/namespaces/ns/pods")])
def test_another_request_is_not_held(hold, handler, request_):
    assert (hold(request_, handler).status, hold.met) == (201, 0)


def test_one_that_arrives_nowhere_is_gone(hold):
    def handler(_):
        raise NoAnswer("the server has gone")

    with pytest.raises(NoAnswer):
        hold(POST, handler)
    hold.step()
    assert hold.due() is None
