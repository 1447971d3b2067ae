"""One of several leads."""

import pytest

from pytest_kbevents.api.resources import LEASES
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.interceptor import Intercepted
from pytest_kbevents.clock import SECOND, SIMULATION_START, VirtualClock
from pytest_kbevents.controller.leader import LeaderElector
from pytest_kbevents.errors import NoAnswer, ServiceUnavailable
from pytest_kbevents.faults.refuse import Refuse

PLACE = ("default", "event-controller")
PUT = "/leases/event-controller"


class Candidate(LeaderElector):
    """One whose requests may be interfered with."""

    def __init__(self, server, clock, identity):
        self.faults = []
        super().__init__(Client(Intercepted(server, self.faults), identity), PLACE, identity, clock)

    def cut_off(self):
        """No request of it is answered from now on."""

        def lost(request, handler):
            raise NoAnswer(f"{request.method} lost before {handler}")

        self.faults.append(lost)


@pytest.fixture
def one(server, clock):
    return Candidate(server, clock, "one")


@pytest.fixture
def two(server, clock):
    return Candidate(server, clock, "two")


@pytest.fixture
def lease(client):
    """What the Lease says now."""
    return lambda: client.get(LEASES, *PLACE)["spec"]


@pytest.fixture
def run(clock):
    """Let candidates take every step that is due in the next seconds."""

    def run(seconds, *candidates):
        until = clock.micros() + seconds * SECOND
        while (dues := [(due, n) for n, each in enumerate(candidates) if (due := each.due()) is not None]) and min(
            dues
        )[0] <= until:
            due, n = min(dues)
            clock.advance_to(due)
            candidates[n].step()
        clock.advance_to(until)

    return run


def test_nobody_leads_before_the_first_step(one):
    assert (one.leading(), one.lost()) == (False, False)


def test_the_first_to_ask_leads(one):
    one.step()
    assert one.leading()


def test_the_lease_says_who_leads_since_when_and_for_how_long(one, lease):
    one.step()
    assert lease() == {
        "holderIdentity": "one",
        "leaseDurationSeconds": 15,
        "acquireTime": "2026-01-01T00:00:00.000000Z",
        "renewTime": "2026-01-01T00:00:00.000000Z",
        "leaseTransitions": 0,
    }


def test_the_second_waits(one, two):
    one.step()
    two.step()
    assert (one.leading(), two.leading(), two.lost()) == (True, False, False)


def test_a_candidate_tries_every_two_seconds(one, two, clock):
    one.step()
    two.step()
    assert two.due() == clock.micros() + 2 * SECOND


def test_the_leader_renews_and_keeps_since_when_it_leads(one, two, lease, run):
    run(60, one, two)
    assert (lease()["holderIdentity"], lease()["acquireTime"], lease()["renewTime"]) == (
        "one",
        "2026-01-01T00:00:00.000000Z",
        "2026-01-01T00:01:00.000000Z",
    )


def test_the_second_leads_when_the_first_is_not_heard_of_for_15_seconds(one, two, run):
    one.step()
    two.step()
    run(15, two)
    assert not two.leading()
    run(2, two)
    assert two.leading()


def test_a_change_of_leaders_is_counted(one, two, lease, run):
    one.step()
    run(20, two)
    assert (lease()["holderIdentity"], lease()["leaseTransitions"]) == ("two", 1)


def test_a_leader_that_is_cut_off_stops_before_the_other_begins(one, two, clock, run):
    one.step()
    two.step()
    one.cut_off()
    led = []
    for _ in range(30):
        run(1, one, two)
        led.append((one.leading(), two.leading()))
    assert (True, True) not in led
    assert led[-1] == (False, True)
    assert clock.micros() == SIMULATION_START + 30 * SECOND


def test_a_leader_that_cannot_renew_leads_for_12_seconds_and_is_lost(one, run):
    one.step()
    one.cut_off()
    run(11, one)
    assert (one.leading(), one.lost()) == (True, False)
    run(1, one)
    assert (one.leading(), one.lost()) == (False, True)


def test_a_renewal_that_hangs_ends_leadership_all_the_same(one, clock):
    one.step()
    clock.advance_to(clock.micros() + 12 * SECOND)
    assert (one.leading(), one.lost(), one.due()) == (False, True, None)


def test_a_renewal_that_comes_too_late_does_not_bring_leadership_back(one, clock):
    one.step()

    def slow(request, handler):
        clock.advance_to(clock.micros() + 13 * SECOND)
        return handler(request)

    one.faults.append(slow)
    one.step()
    assert (one.leading(), one.lost()) == (False, True)


def test_a_renewal_that_fails_is_tried_again(one, run):
    one.step()
    one.faults.append(Refuse("PUT", PUT, ServiceUnavailable("down"), times=4))
    run(60, one)
    assert one.leading()


def test_a_renewal_that_was_carried_out_without_an_answer_is_gone_on_from(one, run):
    one.step()
    one.faults.append(Refuse("PUT", PUT, ServiceUnavailable("down"), carried_out=True))
    run(60, one)
    assert one.leading()


def test_who_lost_the_lease_to_another_never_leads_again(one, client, run):
    one.step()
    taken = client.get(LEASES, *PLACE)
    client.update(LEASES, {**taken, "spec": {**taken["spec"], "holderIdentity": "two"}})
    run(2, one)
    assert one.lost()
    client.delete(LEASES, *PLACE)
    run(60, one)
    assert (one.leading(), one.due()) == (False, None)


def test_of_two_that_take_an_unheld_lease_at_once_one_leads(one, two):
    def first(request, handler):
        one.faults.clear()
        two.step()
        return handler(request)

    one.faults.append(
        lambda request, handler: first(request, handler) if request.method == "POST" else handler(request)
    )
    one.step()
    assert (one.leading(), two.leading()) == (False, True)


def test_of_two_that_take_an_expired_lease_at_once_one_leads(server, one, two, clock):
    Candidate(server, clock, "gone").step()
    one.step()
    two.step()
    clock.advance_to(clock.micros() + 15 * SECOND)

    def first(request, handler):
        one.faults.clear()
        two.step()
        return handler(request)

    one.faults.append(lambda request, handler: first(request, handler) if request.method == "PUT" else handler(request))
    one.step()
    assert (one.leading(), two.leading()) == (False, True)


def test_clocks_of_other_machines_are_not_trusted(server, one, run):
    fast = VirtualClock(SIMULATION_START + 3600 * SECOND)
    Candidate(server, fast, "fast").step()
    slow = VirtualClock(SIMULATION_START - 3600 * SECOND)
    late = Candidate(server, slow, "late")
    late.step()
    run(14, one)
    assert (one.leading(), late.leading()) == (False, False)


def test_a_lease_that_was_released_is_taken_at_the_next_attempt(one, two, run):
    one.step()
    two.step()
    one.release()
    run(2, two)
    assert two.leading()


def test_a_released_lease_has_no_holder_and_keeps_its_count(one, lease):
    one.step()
    one.release()
    assert ("holderIdentity" in lease(), lease()["leaseTransitions"], lease()["leaseDurationSeconds"]) == (False, 0, 1)


def test_who_released_does_not_lead_and_has_not_lost(one, run):
    one.step()
    one.release()
    run(60, one)
    assert (one.leading(), one.lost(), one.due()) == (False, False, None)


def test_who_does_not_lead_has_nothing_to_release(one, two, lease):
    one.step()
    two.step()
    two.release()
    assert lease()["holderIdentity"] == "one"


def test_a_release_without_an_answer_is_dropped(one):
    one.step()
    one.cut_off()
    one.release()
    assert not one.leading()


def test_a_lease_that_says_nothing_is_unheld(one, client):
    client.create(LEASES, {"metadata": {"namespace": PLACE[0], "name": PLACE[1]}, "spec": {}})
    one.step()
    assert one.leading()


def test_what_else_the_lease_says_stays(one, client, run):
    metadata = {"namespace": PLACE[0], "name": PLACE[1], "labels": {"team": "storage"}}
    client.create(LEASES, {"metadata": metadata})
    run(10, one)
    assert client.get(LEASES, *PLACE)["metadata"]["labels"] == {"team": "storage"}
