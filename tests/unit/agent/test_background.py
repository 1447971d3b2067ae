"""The background sends of ``1.0.0``: each outcome by itself, 30 attempts 10 s apart."""

import pytest

from pytest_kbevents.agent.sending.reporter import BackgroundReporter
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.errors import Conflict
from pytest_kbevents.faults.refuse import Refuse


@pytest.fixture
def background(sender, honest, clock):
    return BackgroundReporter("kbagent/c1-mysql-0", (sender, honest), clock, None)


def test_the_background_sends_at_once(background, drive, writes):
    background.offer("roleProbe", "a")
    drive([background])
    assert writes() == [("a", 1)]


def test_the_background_sends_an_outcome_once(background, drive, writes):
    background.offer("roleProbe", "a")
    drive([background], 600)
    assert writes() == [("a", 1)]


def test_the_background_has_nothing_to_do_when_all_is_sent(background, drive):
    background.offer("roleProbe", "a")
    drive([background])
    assert background.due() is None


def test_the_background_sends_every_outcome_not_only_the_newest(background, drive, writes):
    for message in "abc":
        background.offer("roleProbe", message)
    drive([background])
    assert sorted(writes()) == [("a", 1), ("b", 1), ("c", 1)]


def test_the_background_tries_again_after_10_seconds(background, drive, attempts, refuse):
    refuse("POST", 2)
    background.offer("roleProbe", "a")
    drive([background], 60)
    assert attempts == [0, 10, 20]


def test_the_background_gives_up_after_30_attempts(background, drive, attempts, refuse):
    refuse("POST", 100)
    background.offer("roleProbe", "a")
    drive([background], 1000)
    assert attempts == [10 * number for number in range(30)]


def test_an_outcome_that_was_given_up_is_never_sent(background, drive, writes, refuse):
    refuse("POST", 30)
    background.offer("roleProbe", "a")
    drive([background], 3600)
    assert writes() == []


def test_one_refused_write_lets_an_old_outcome_land_last(background, drive, writes, faults):
    """KB-K02, as it was seen: primary 1, secondary 1, secondary 2, and 10 s later primary 2."""
    for message in ("primary", "secondary"):
        background.offer("roleProbe", message)
        drive([background], 1)
    faults.append(Refuse("PUT", "", Conflict("changed")))
    for message in ("primary", "secondary"):
        background.offer("roleProbe", message)
        drive([background], 1)
    drive([background], 20)
    assert writes() == [("primary", 1), ("secondary", 1), ("secondary", 2), ("primary", 2)]


def test_an_outcome_that_lands_late_has_the_time_of_its_landing(background, drive, harness, refuse):
    refuse("POST", 1)
    background.offer("roleProbe", "a")
    drive([background], 20)
    (found,) = harness.list(EVENTS, "ns")
    assert found["eventTime"] == "2026-01-01T00:00:10.000000Z"
