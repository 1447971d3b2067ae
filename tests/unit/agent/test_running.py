"""A call under way: limits, repetitions, and what is told of its runs."""

from dataclasses import replace

import pytest

from pytest_kbevents.agent.actions.action import Action, Call, RetryPolicy
from pytest_kbevents.agent.actions.answer import Answer
from pytest_kbevents.agent.actions.running import Running
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.clock import SECOND

CHECK = Action("check", command=("check",))
PATIENT = replace(CHECK, retry=RetryPolicy(2, 3 * SECOND))
FAILS, WORKS = Answer(exit_code=1), Answer(b"fine")


class Fake:
    """Gives its answers one after the other, the last one for ever, and keeps what it was asked."""

    def __init__(self, *answers):
        self.answered = list(answers)
        self.runs = []

    def answers(self, action):
        return bool(action)

    def run(self, run):
        self.runs.append(run)
        return self.answered.pop(0) if len(self.answered) > 1 else self.answered[0]


@pytest.fixture
def run(clock):
    """Run a call to its end, and wait as long as it wants; its result."""

    def run(database, call, action=CHECK, release="main"):
        running = Running(action, call, database, TABLE[release], clock)
        while (result := running.step()) is None:
            clock.advance_to(running.due)
        return result

    return run


@pytest.fixture
def text(run):
    """The text of what one answer comes to."""
    return lambda answer, **more: run(Fake(answer), Call("check"), **more).failure.text


def test_a_run_that_succeeds_tells_its_output(run):
    result = run(Fake(WORKS), Call("check"))
    assert (result.output, result.failure) == (b"fine", None)


def test_the_database_is_asked_with_the_call(run):
    database, call = Fake(WORKS), Call("check", {"KEY": "value"})
    run(database, call)
    assert (database.runs[0].action, database.runs[0].call) == (CHECK, call)


@pytest.mark.parametrize(("release", "runs"), [("main", 3), ("1.0.0", 1), ("1.0.2", 1)])
def test_a_failure_is_repeated_by_releases_that_retry(run, release, runs):
    database = Fake(FAILS)
    run(database, Call("check"), PATIENT, release)
    assert len(database.runs) == runs


def test_an_interval_passes_between_repetitions(run, now):
    run(Fake(FAILS), Call("check"), PATIENT)
    assert now() == 6


def test_the_last_failure_counts(run):
    result = run(Fake(FAILS, FAILS, Answer(exit_code=7)), Call("check"), PATIENT)
    assert result.failure.text == "exit code: 7: failed"


def test_a_success_ends_the_repetitions(run):
    database = Fake(FAILS, WORKS)
    assert (run(database, Call("check"), PATIENT).output, len(database.runs)) == (b"fine", 2)


def test_the_calls_policy_replaces_the_actions(run):
    database = Fake(FAILS)
    run(database, Call("check", retry=RetryPolicy(0)), PATIENT)
    assert len(database.runs) == 1


@pytest.mark.parametrize(
    ("configured", "called", "seconds"),
    [
        (0, None, 30),
        (0, 0, 30),
        (10, None, 10),
        (10, 0, 10),
        (10, 20, 20),
        (60, None, 60),
        (61, None, 60),
        (10, 61, 60),
        (-1, None, None),
        (10, -1, None),
        (-1, 10, 10),
    ],
)
def test_a_run_is_limited_by_the_call_else_the_action_else_30_and_at_most_60_seconds(run, configured, called, seconds):
    database = Fake(WORKS)
    run(database, Call("check", timeout=called), replace(CHECK, timeout=configured))
    assert database.runs[0].limit == seconds


@pytest.mark.parametrize(("called", "seconds"), [(None, None), (0, None), (-1, None), (10, 10), (61, 61)])
def test_old_releases_limit_a_run_by_the_call_only(run, called, seconds):
    database = Fake(WORKS)
    run(database, Call("check", timeout=called), replace(CHECK, timeout=5), "1.0.0")
    assert database.runs[0].limit == seconds


def test_a_run_takes_its_time(run, now):
    run(Fake(Answer(latency=5 * SECOND)), Call("check"))
    assert now() == 5


def test_a_run_may_take_as_long_as_its_limit(run):
    assert run(Fake(Answer(latency=30 * SECOND)), Call("check")).failure is None


def test_a_run_beyond_its_limit_is_timed_out(text):
    assert text(Answer(latency=30 * SECOND + 1)) == "timedOut"


def test_a_run_beyond_its_limit_ends_at_its_limit(run, now):
    run(Fake(Answer(latency=3600 * SECOND)), Call("check"))
    assert now() == 30


@pytest.mark.parametrize(("release", "told"), [("main", "slow: timedOut"), ("1.0.2", "timedOut")])
def test_the_stderr_of_a_run_that_timed_out_is_told_by_new_releases(text, release, told):
    assert text(Answer(stderr="slow", latency=31 * SECOND), release=release) == told


@pytest.mark.parametrize(("release", "told"), [("main", "slow: timedOut"), ("1.0.0", "timedOut")])
def test_the_stderr_of_a_command_that_was_killed_is_told_by_new_releases(text, release, told):
    assert text(Answer(stderr="slow", exit_code=-1, timed_out=True), release=release) == told


def test_each_repetition_has_a_limit_of_its_own(run, now):
    run(Fake(Answer(latency=3600 * SECOND)), Call("check", timeout=10), PATIENT)
    assert now() == 3 * 10 + 2 * 3


def test_each_list_of_arguments_is_a_run(run):
    database = Fake(WORKS)
    run(database, Call("check", arguments=(("a", "b"), (), ("c",))))
    assert [run.arguments for run in database.runs] == [("a", "b"), (), ("c",)]


def test_a_call_without_arguments_is_one_run_without_any(run):
    database = Fake(WORKS)
    run(database, Call("check"))
    assert [run.arguments for run in database.runs] == [()]


def test_the_outputs_of_several_runs_are_joined(run):
    assert run(Fake(Answer(b"a"), Answer(b"b")), Call("check", arguments=(("1",), ("2",)))).output == b"ab"


def test_the_first_failure_ends_the_runs(run):
    database = Fake(WORKS, FAILS, WORKS)
    result = run(database, Call("check", arguments=(("1",), ("2",), ("3",))))
    assert (result.failure.type, result.output, len(database.runs)) == ("failed", b"", 2)


def test_each_list_of_arguments_is_repeated_by_itself(run):
    database = Fake(FAILS, FAILS, WORKS, FAILS, FAILS, WORKS)
    result = run(database, Call("check", arguments=(("1",), ("2",))), PATIENT)
    assert (result.output, len(database.runs)) == (b"finefine", 6)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer(exit_code=3), "exit code: 3: failed"),
        (Answer(exit_code=3, stderr="no\n"), "exit code: 3, stderr: no\n: failed"),
        (Answer(exit_code=-1), "exit code: -1: failed"),
        (
            Answer(exit_code=-1, not_started="fork/exec /x: no such file or directory"),
            "failed to start command: fork/exec /x: no such file or directory: failed",
        ),
    ],
    ids=["exit-code", "stderr", "signal", "not-started"],
)
def test_a_failure_is_told_in_kbagents_words(text, answer, told):
    assert text(answer) == told


def test_a_failure_tells_no_output(run):
    assert run(Fake(Answer(b"half", exit_code=1)), Call("check")).output == b""
