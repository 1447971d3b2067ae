"""The report loop of ``main``: who sends what when."""

import pytest

from pytest_kbevents.agent.sending.reporter import ReportLoop
from pytest_kbevents.clock import SECOND
from pytest_kbevents.errors import Conflict
from pytest_kbevents.faults.refuse import Refuse


@pytest.fixture
def loop(sender, honest, clock):
    """Makes a report loop; it reports each 15 s unless given."""

    def make(period=15):
        return ReportLoop("kbagent/c1-mysql-0", (sender, honest), clock, None if period is None else period * SECOND)

    return make


def test_a_new_outcome_is_sent_at_once(loop, drive, writes):
    sender = loop()
    sender.offer("roleProbe", "a")
    drive([sender])
    assert writes() == [("a", 1)]


def test_without_an_outcome_nothing_is_ever_sent(loop):
    assert loop().due() is None


def test_of_several_that_wait_only_the_newest_is_sent(loop, drive, writes):
    sender = loop()
    for message in "abc":
        sender.offer("roleProbe", message)
    drive([sender])
    assert writes() == [("c", 1)]


def test_the_last_reported_outcome_is_sent_again_each_period(loop, drive, writes):
    sender = loop()
    sender.offer("roleProbe", "a")
    drive([sender], 40)
    assert writes() == [("a", 1), ("a", 2), ("a", 3)]


def test_without_a_period_an_outcome_is_sent_once(loop, drive, writes):
    sender = loop(None)
    sender.offer("roleProbe", "a")
    drive([sender], 300)
    assert writes() == [("a", 1)]


def test_the_period_begins_with_the_loop_and_no_send_moves_it(loop, drive, attempts):
    sender = loop()
    drive([sender], 10)
    sender.offer("roleProbe", "a")
    drive([sender], 25)
    assert attempts == [10, 15, 30]


def test_after_the_newest_outcome_an_older_one_is_not_reported_again(loop, drive, writes):
    sender = loop()
    sender.offer("roleProbe", "a")
    drive([sender], 5)
    sender.offer("roleProbe", "b")
    drive([sender], 30)
    assert writes() == [("a", 1), ("b", 1), ("b", 2), ("b", 3)]


def test_it_tries_three_times_200_milliseconds_apart(loop, drive, attempts, refuse):
    sender = loop(None)
    refuse("POST", 3)
    sender.offer("roleProbe", "a")
    drive([sender], 10)
    assert attempts == [0, 0.2, 0.4]


def test_a_third_attempt_that_succeeds_is_the_last(loop, drive, attempts, writes, refuse):
    sender = loop(None)
    refuse("POST", 2)
    sender.offer("roleProbe", "a")
    drive([sender], 100)
    assert (attempts, writes()) == ([0, 0.2, 0.4], [("a", 1)])


def test_without_a_report_period_it_tries_again_after_a_minute(loop, drive, attempts, refuse):
    sender = loop(None)
    refuse("POST", 3)
    sender.offer("roleProbe", "a")
    drive([sender], 100)
    assert attempts == [0, 0.2, 0.4, 60]


def test_the_minute_begins_with_the_loop_not_with_the_failure(loop, drive, attempts, refuse):
    sender = loop(None)
    refuse("POST", 3)
    drive([sender], 50)
    sender.offer("roleProbe", "a")
    drive([sender], 50)
    assert attempts == [50, 50.2, 50.4, 60]


def test_each_minute_has_three_attempts(loop, drive, attempts, refuse):
    sender = loop(None)
    refuse("POST", 100)
    sender.offer("roleProbe", "a")
    drive([sender], 130)
    assert attempts == [0, 0.2, 0.4, 60, 60.2, 60.4, 120, 120.2, 120.4]


def test_an_outcome_that_failed_is_tried_again_at_the_next_report(loop, drive, attempts, refuse):
    sender = loop(15)
    refuse("POST", 3)
    sender.offer("roleProbe", "a")
    drive([sender], 20)
    assert attempts == [0, 0.2, 0.4, 15]


def test_with_a_long_period_the_minute_comes_first(loop, drive, attempts, refuse):
    sender = loop(90)
    refuse("POST", 3)
    sender.offer("roleProbe", "a")
    drive([sender], 80)
    assert attempts == [0, 0.2, 0.4, 60]


def test_an_outcome_that_failed_is_not_lost_however_long_it_fails(loop, drive, writes, refuse):
    sender = loop(None)
    refuse("POST", 30)
    sender.offer("roleProbe", "a")
    drive([sender], 660)
    assert writes() == [("a", 1)]


def test_a_newer_outcome_replaces_one_that_failed(loop, drive, writes, refuse):
    sender = loop(15)
    refuse("POST", 3)
    sender.offer("roleProbe", "a")
    drive([sender], 5)
    sender.offer("roleProbe", "b")
    drive([sender], 20)
    assert writes() == [("b", 1), ("b", 2)]


def test_a_newer_outcome_is_sent_after_the_attempts_that_have_begun(loop, drive, attempts, writes, refuse):
    sender = loop(None)
    refuse("POST", 3)
    sender.offer("roleProbe", "a")
    drive([sender], 0.1)
    sender.offer("roleProbe", "b")
    drive([sender], 100)
    assert (attempts, writes()) == ([0, 0.2, 0.4, 0.4], [("b", 1)])


def test_outcomes_land_in_order_when_one_is_refused(loop, drive, writes, faults):
    sender = loop(None)
    for message in "ab":
        sender.offer("roleProbe", message)
        drive([sender], 1)
    faults.append(Refuse("PUT", "", Conflict("changed")))
    for message in "ab":
        sender.offer("roleProbe", message)
        drive([sender], 1)
    assert writes() == [("a", 1), ("b", 1), ("a", 2), ("b", 2)]


def test_an_outcome_that_failed_goes_before_the_one_that_was_reported_last(loop, drive, writes, refuse):
    sender = loop()
    sender.offer("roleProbe", "a")
    drive([sender], 1)
    refuse("POST", 3)
    sender.offer("roleProbe", "b")
    drive([sender], 19)
    assert writes() == [("a", 1), ("b", 1)]


def test_a_tick_that_meets_a_new_outcome_is_not_lost(loop, drive, attempts):
    sender = loop()
    drive([sender], 15)
    sender.offer("roleProbe", "a")
    drive([sender], 1)
    assert attempts == [15, 15]


def test_ticks_that_had_nothing_to_report_are_not_made_up_for(loop, drive, attempts):
    sender = loop()
    drive([sender], 100)
    sender.offer("roleProbe", "a")
    drive([sender], 4)
    assert attempts == [100]
