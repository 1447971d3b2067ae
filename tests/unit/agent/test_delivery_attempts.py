"""What happens to an outcome when others write meanwhile, or a request fails."""

import pytest

from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.clock import SECOND
from pytest_kbevents.errors import Conflict, NoAnswer, NotSent, ServiceUnavailable
from pytest_kbevents.faults.refuse import Refuse


def test_reading_and_writing_are_two_steps(delivery, harness):
    each = delivery()
    assert (each.step(), harness.list(EVENTS, "ns")) == (None, [])


def test_an_event_that_changed_between_read_and_write_is_not_overwritten(seen_once, delivery, event, harness):
    each = delivery()
    each.step()
    harness.patch(EVENTS, "ns", seen_once["metadata"]["name"], {"metadata": {"annotations": {"theirs": "1"}}})
    each.step()
    assert (event()["count"], event()["metadata"]["annotations"]) == (1, {"theirs": "1"})


def test_after_a_conflict_it_reads_and_counts_again(seen_once, delivery, deliver, event, harness):
    each = delivery()
    each.step()
    harness.patch(EVENTS, "ns", seen_once["metadata"]["name"], {"count": 5})
    assert (deliver(each), event()["count"]) == (True, 6)


def test_an_event_created_by_another_meanwhile_is_counted_on(delivery, deliver, event):
    each = delivery()
    each.step()
    deliver()
    assert (deliver(each), event()["count"]) == (True, 2)


def test_an_event_deleted_between_read_and_write_is_created_at_the_next_attempt(
    seen_once, delivery, deliver, event, harness
):
    each = delivery()
    each.step()
    harness.delete(EVENTS, "ns", seen_once["metadata"]["name"])
    assert (deliver(each), event()["count"]) == (True, 1)


def test_after_a_failure_it_waits(delivery, clock, faults):
    faults.append(Refuse("GET", "", ServiceUnavailable("down")))
    each = delivery()
    each.step()
    assert each.due == clock.micros() + SECOND // 5


@pytest.mark.parametrize(("failures", "delivered"), [(0, True), (2, True), (3, False)])
def test_it_gives_up_after_its_last_attempt(deliver, faults, failures, delivered):
    faults.append(Refuse("POST", "/events", ServiceUnavailable("down"), times=failures))
    assert deliver() is delivered


def test_a_lookup_that_fails_is_an_attempt(deliver, faults, now):
    faults.append(Refuse("GET", "", ServiceUnavailable("down"), times=3))
    assert (deliver(), now()) == (False, 0.4)


def test_a_request_without_an_answer_is_an_attempt(deliver, faults):
    def lost(request, handler):
        raise NoAnswer(f"{request.method} lost before {handler}")

    faults.append(lost)
    assert deliver() is False


def test_a_server_that_nobody_reaches_is_not_asked_again_within_an_attempt(deliver, faults, now):
    def refuse(request, handler):
        raise NotSent(f"{request.method} before {handler}: connection refused")

    faults.append(refuse)
    assert (deliver(), now()) == (False, 0.4)


def test_a_write_whose_answer_is_lost_is_counted_twice(seen_once, deliver, faults, event):
    faults.append(Refuse("PUT", seen_once["metadata"]["name"], Conflict("lost"), carried_out=True))
    deliver()
    assert event()["count"] == 3
