"""The API server refuses some requests."""

import threading

import pytest

from pytest_kbevents.errors import Conflict, ServiceUnavailable
from pytest_kbevents.faults.refuse import Refuse

CONFLICT = Conflict("the object has been modified")


def test_it_answers_with_its_error_and_nothing_is_carried_out(ask, server):
    assert (ask(Refuse("PUT", "/pods/a", CONFLICT)), server.asked) == (409, [])


def test_it_can_lose_the_answer_alone(ask, server):
    fault = Refuse("PUT", "/pods/a", ServiceUnavailable("down"), carried_out=True)
    assert (ask(fault), len(server.asked)) == (503, 1)


def test_it_refuses_so_many_times(ask):
    fault = Refuse("PUT", "/pods/a", CONFLICT, times=2)
    assert [ask(fault) for _ in range(3)] == [409, 409, 200]


@pytest.mark.parametrize(
    "other",
    [{"method": "PATCH"}, {"path": "/api/v1/namespaces/ns/pods/b"}, {"path": "/api/v1/namespaces/ns/pods/a/status"}],
    ids=["method", "name", "subresource"],
)
def test_another_request_goes_through_and_does_not_count(ask, other):
    fault = Refuse("PUT", "/pods/a", CONFLICT)
    assert (ask(fault, **other), fault.met) == (200, 0)


def test_it_knows_how_many_it_refused(ask):
    fault = Refuse("PUT", "/pods/a", CONFLICT, times=2)
    for _ in range(5):
        ask(fault)
    assert fault.met == 2


def test_no_more_are_refused_when_many_ask_at_once(ask):
    fault = Refuse("PUT", "/pods/a", CONFLICT, times=100)
    answers = []
    threads = [threading.Thread(target=lambda: answers.extend(ask(fault) for _ in range(50))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers.count(409), answers.count(200)) == (100, 100)
