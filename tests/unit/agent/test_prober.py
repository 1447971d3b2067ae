"""When a probe runs."""

import pytest

from pytest_kbevents.agent.probe import ProbeConfig
from pytest_kbevents.agent.prober import Prober
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.agent.script import Answer, Script
from pytest_kbevents.clock import SECOND


class Reporter:
    """Notes what it is offered, and when."""

    name = "kbagent/c1-mysql-0 report loop"

    def __init__(self, now):
        self._now = now
        self.offered = []

    def offer(self, reason, message):
        self.offered.append((self._now(), reason, message))

    @property
    def times(self):
        return [time for time, _, _ in self.offered]


class Database(Script):
    """Answers, and notes when it was asked."""

    def __init__(self, now):
        super().__init__()
        self._now = now
        self.asked = []

    def run(self, action):
        self.asked.append(self._now())
        return super().run(action)


@pytest.fixture
def reporter(now):
    return Reporter(now)


@pytest.fixture
def database(now):
    database = Database(now)
    database.set("roleProbe", Answer(b"primary"))
    return database


@pytest.fixture
def prober(reporter, database, clock):
    """Makes a prober; 10 s unless given."""

    def make(release="main", **config):
        probe = ProbeConfig("roleProbe", **{"period": 10} | config), TABLE[release]
        return Prober("c1-mysql", probe, database, reporter, clock)

    return make


@pytest.mark.parametrize(
    ("release", "delay", "first"),
    [("1.0.0", 0, 10), ("main", 0, 0), ("fixed", 0, 0), ("1.0.0", 5, 15), ("main", 5, 5)],
)
def test_the_first_run_is_at_once_or_a_period_later_by_release(prober, database, drive, release, delay, first):
    drive([prober(release, initial_delay=delay)], 16)
    assert database.asked[0] == first


def test_it_runs_each_period(prober, database, drive):
    drive([prober()], 35)
    assert database.asked == [0, 10, 20, 30]


def test_a_period_of_0_is_a_minute(prober, database, drive):
    drive([prober(period=0)], 130)
    assert database.asked == [0, 60, 120]


def test_ticks_that_were_missed_shrink_to_one(prober, database, clock):
    late = prober()
    late.step()
    clock.advance_to(clock.micros() + 35 * SECOND)
    late.step()
    assert (database.asked, late.due() - clock.micros()) == ([0, 35], 5 * SECOND)


def test_a_run_that_is_late_does_not_move_the_ticks(prober, clock):
    late = prober()
    began = clock.micros()
    clock.advance_to(began + 3 * SECOND)
    late.step()
    assert late.due() == began + 10 * SECOND


def test_a_new_outcome_is_offered_by_the_action_as_go_writes_it(prober, reporter):
    prober().step()
    expected = '{"instance":"c1-mysql","probe":"roleProbe","code":0,"output":"cHJpbWFyeQ=="}'
    assert reporter.offered == [(0, "roleProbe", expected)]


def test_an_outcome_that_is_no_news_is_not_offered(prober, reporter, drive):
    drive([prober()], 35)
    assert reporter.times == [0]


def test_a_changed_file_forces_a_run_200_milliseconds_later(prober, database, drive):
    forced = prober()
    drive([forced], 3)
    forced.file_changed()
    drive([forced], 3)
    assert database.asked == [0, 3.2]


def test_a_forced_run_is_offered_even_when_it_is_no_news(prober, reporter, drive):
    forced = prober()
    drive([forced], 3)
    forced.file_changed()
    drive([forced], 3)
    assert reporter.times == [0, 3.2]


def test_a_forced_run_is_offered_below_the_threshold(prober, reporter, drive):
    forced = prober(success_threshold=5)
    forced.file_changed()
    drive([forced], 3)
    assert reporter.times == [0.2]


def test_of_a_burst_of_changes_the_last_counts(prober, database, drive):
    forced = prober()
    drive([forced], 3)
    forced.file_changed()
    drive([forced], 0.1)
    forced.file_changed()
    drive([forced], 3)
    assert database.asked == [0, 3.3]


def test_a_burst_of_changes_is_one_run(prober, database, drive):
    forced = prober()
    drive([forced], 3)
    for _ in range(5):
        forced.file_changed()
    drive([forced], 3)
    assert len(database.asked) == 2


def test_a_forced_run_does_not_move_the_ticks(prober, database, drive):
    forced = prober()
    drive([forced], 3)
    forced.file_changed()
    drive([forced], 9)
    assert database.asked == [0, 3.2, 10]


def test_a_run_before_the_200_milliseconds_are_over_is_not_the_forced_one(prober, reporter, drive):
    forced = prober()
    drive([forced], 9.9)
    forced.file_changed()
    drive([forced], 1)
    assert reporter.times == [0, 10.1]


@pytest.mark.parametrize(("release", "cut"), [("1.0.0", False), ("main", True)])
def test_a_long_message_is_cut_by_release(prober, reporter, database, drive, release, cut):
    database.set("roleProbe", Answer(exit_code=1, stderr="x" * 5000))
    drive([prober(release)], 10)
    assert (len(reporter.offered[0][2]) <= 1024) is cut
