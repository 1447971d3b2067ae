"""When a probe runs."""

import pytest

from pytest_kbevents.agent.actions.action import Action, RetryPolicy
from pytest_kbevents.agent.actions.calls import Calls
from pytest_kbevents.agent.database.script import Script
from pytest_kbevents.agent.database.scripted import ScriptedDatabase
from pytest_kbevents.agent.probes.probeconfig import ProbeConfig
from pytest_kbevents.agent.probes.prober import Prober
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.clock import SECOND

FOLDER = "/etc/kubeblocks/pod-metadata"
FILE = f"{FOLDER}/role"


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


class Database(ScriptedDatabase):
    """Answers, and notes when it was asked."""

    def __init__(self, now):
        super().__init__("c1-mysql-0")
        self._now = now
        self.asked = []

    def run(self, run):
        self.asked.append(self._now())
        return super().run(run)

    def does(self, **conduct):
        self.tell(Script(actions={"roleProbe": conduct}))


@pytest.fixture
def reporter(now):
    return Reporter(now)


@pytest.fixture
def database(now):
    database = Database(now)
    database.does(output="primary")
    return database


@pytest.fixture
def prober(reporter, database, clock):
    """Makes a prober; 10 s unless given."""

    def make(release="main", action=None, **config):
        probe = ProbeConfig("roleProbe", "c1-mysql", **{"period": 10, "watched": (FILE,)} | config)
        action = Action("roleProbe", **(action or {}))
        calls = Calls({"roleProbe": action}, database, TABLE[release], clock)
        return Prober(probe, (calls, database), reporter, TABLE[release], clock)

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


def test_ticks_that_were_missed_shrink_to_one(prober, database, clock, drive):
    late = prober()
    drive([late])
    clock.advance_to(clock.micros() + 35 * SECOND)
    drive([late])
    assert (database.asked, late.due() - clock.micros()) == ([0, 35], 5 * SECOND)


def test_a_run_that_is_late_does_not_move_the_ticks(prober, clock, drive):
    late = prober()
    began = clock.micros()
    clock.advance_to(began + 3 * SECOND)
    drive([late])
    assert late.due() == began + 10 * SECOND


def test_a_new_outcome_is_offered_by_the_action_as_go_writes_it(prober, reporter, drive):
    drive([prober()])
    expected = '{"instance":"c1-mysql","probe":"roleProbe","code":0,"output":"cHJpbWFyeQ=="}'
    assert reporter.offered == [(0, "roleProbe", expected)]


def test_an_outcome_that_is_no_news_is_not_offered(prober, reporter, drive):
    drive([prober()], 35)
    assert reporter.times == [0]


def test_a_changed_file_forces_a_run_200_milliseconds_later(prober, database, drive):
    forced = prober()
    drive([forced], 3)
    forced.file_changed(FILE)
    drive([forced], 3)
    assert database.asked == [0, 3.2]


def test_a_forced_run_is_offered_even_when_it_is_no_news(prober, reporter, drive):
    forced = prober()
    drive([forced], 3)
    forced.file_changed(FILE)
    drive([forced], 3)
    assert reporter.times == [0, 3.2]


def test_a_forced_run_is_offered_below_the_threshold(prober, reporter, drive):
    forced = prober(success_threshold=5)
    forced.file_changed(FILE)
    drive([forced], 3)
    assert reporter.times == [0.2]


def test_of_a_burst_of_changes_the_last_counts(prober, database, drive):
    forced = prober()
    drive([forced], 3)
    forced.file_changed(FILE)
    drive([forced], 0.1)
    forced.file_changed(FILE)
    drive([forced], 3)
    assert database.asked == [0, 3.3]


def test_a_burst_of_changes_is_one_run(prober, database, drive):
    forced = prober()
    drive([forced], 3)
    for _ in range(5):
        forced.file_changed(FILE)
    drive([forced], 3)
    assert len(database.asked) == 2


def test_a_forced_run_does_not_move_the_ticks(prober, database, drive):
    forced = prober()
    drive([forced], 3)
    forced.file_changed(FILE)
    drive([forced], 9)
    assert database.asked == [0, 3.2, 10]


def test_a_run_before_the_200_milliseconds_are_over_is_not_the_forced_one(prober, reporter, drive):
    forced = prober()
    drive([forced], 9.9)
    forced.file_changed(FILE)
    drive([forced], 1)
    assert reporter.times == [0, 10.1]


@pytest.mark.parametrize(("release", "cut"), [("1.0.0", False), ("main", True)])
def test_a_long_message_is_cut_by_release(prober, reporter, database, drive, release, cut):
    database.does(exitCode=1, stderr="x" * 5000)
    drive([prober(release)], 10)
    assert (len(reporter.offered[0][2]) <= 1024) is cut


@pytest.mark.parametrize("path", ["/etc/kubeblocks/other", FOLDER])
def test_a_path_that_is_not_watched_forces_nothing(prober, database, drive, path):
    forced = prober()
    drive([forced], 3)
    forced.file_changed(path)
    drive([forced], 3)
    assert database.asked == [0]


def test_a_database_that_was_told_nothing_is_not_asked(prober, database, drive):
    database.tell(Script())
    drive([prober()], 35)
    assert database.asked == []


def test_a_probe_begins_at_the_first_tick_after_its_database_was_told(prober, database, drive):
    database.tell(Script())
    waits = prober()
    drive([waits], 15)
    database.does(output="primary")
    drive([waits], 10)
    assert database.asked == [20]


def test_a_run_takes_its_time(prober, database, reporter, drive):
    database.does(output="primary", latency=4 * SECOND)
    drive([prober()], 9)
    assert reporter.times == [4]


def test_of_ticks_missed_during_a_run_one_is_made_up_for(prober, database, drive):
    database.does(output="primary", latency=25 * SECOND)
    drive([prober()], 60)
    assert database.asked == [0, 25, 50]


def test_a_change_during_a_run_forces_another_after_it(prober, database, drive):
    database.does(output="primary", latency=5 * SECOND)
    forced = prober()
    drive([forced], 1)
    forced.file_changed(FILE)
    drive([forced], 8)
    assert database.asked == [0, 5]


@pytest.mark.parametrize(("release", "runs"), [("main", [0, 1, 2, 10, 11, 12]), ("1.0.2", [0, 10])])
def test_a_retry_policy_repeats_inside_a_run_by_release(prober, database, drive, release, runs):
    database.does(exitCode=1)
    drive([prober(release, {"retry": RetryPolicy(2, SECOND)})], 15)
    assert database.asked == runs


def test_a_failure_counts_once_its_repetitions_have_failed(prober, database, reporter, drive):
    database.does(exitCode=1)
    drive([prober("main", {"retry": RetryPolicy(2, SECOND)})], 9)
    assert reporter.times == [2]


def test_a_repetition_that_succeeds_is_a_success(prober, database, reporter, drive):
    database.does(sequence=[{"exitCode": 1}, "primary"])
    drive([prober("main", {"retry": RetryPolicy(2, SECOND)})], 9)
    assert [(time, '"code":0' in message) for time, _, message in reporter.offered] == [(1, True)]


@pytest.mark.parametrize(("release", "text"), [("main", "disk 100%d"), ("1.0.0", "disk 100%!d(MISSING)")])
def test_the_text_of_an_error_is_a_format_by_release(prober, database, reporter, drive, release, text):
    database.does(exitCode=1, stderr="disk 100%d")
    drive([prober(release)], 10)
    assert text in reporter.offered[0][2]


def test_a_non_blocking_action_is_in_progress_first_and_then_its_result_for_ever(prober, database, reporter, drive):
    """Section 6: it runs once."""
    database.does(output="primary", latency=3 * SECOND)
    probed = prober("main", {"non_blocking": True})
    drive([probed, probed._calls], 35)
    assert [message.partition('"code":')[2][:2] for _, _, message in reporter.offered] == ["-1", "0,"]
    assert database.asked == [0]
