"""Events do not last for ever."""

import pytest

from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.apiserver.expiry import TTL
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import VirtualClock


@pytest.fixture
def event():
    return {
        "metadata": {"name": "e", "namespace": "default"},
        "involvedObject": {"namespace": "default"},
        "message": "m",
    }


def passed(clock, server, micros):
    clock.advance_to(clock.micros() + micros)
    server.expire()


def test_an_event_ends_an_hour_after_it_was_written(client, clock, server, event):
    client.create(EVENTS, event)
    passed(clock, server, TTL)
    assert client.list(EVENTS) == []


def test_an_event_is_there_until_then(client, clock, server, event):
    client.create(EVENTS, event)
    passed(clock, server, TTL - 1)
    assert len(client.list(EVENTS)) == 1


def test_an_event_that_is_written_again_lasts_an_hour_more(client, clock, server, event):
    client.create(EVENTS, event)
    passed(clock, server, TTL // 2)
    client.patch(EVENTS, "default", "e", {"count": 2})
    passed(clock, server, TTL // 2)
    assert len(client.list(EVENTS)) == 1


def test_a_watch_hears_of_the_end(client, clock, server, event):
    stream = client.watch(EVENTS, "default", client.create(EVENTS, event)["metadata"]["resourceVersion"])
    passed(clock, server, TTL)
    assert stream.take().type == "DELETED"


def test_the_next_end_is_known(client, clock, server, event):
    client.create(EVENTS, event)
    assert server.next_expiry() == clock.micros() + TTL


def test_a_fork_s_events_end_on_its_own_clock(client, server, event):
    client.create(EVENTS, event)
    other = VirtualClock()
    fork = server.fork(other)
    passed(other, fork, TTL)
    assert (Client(fork, "test").list(EVENTS), len(client.list(EVENTS))) == ([], 1)
