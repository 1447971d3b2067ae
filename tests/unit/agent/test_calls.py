"""Calls: what is told at once, what the caller waits for, and what runs in the background."""

import threading
from dataclasses import replace

import pytest

from pytest_kbevents.agent.actions.action import Action, Call, RetryPolicy
from pytest_kbevents.agent.actions.answer import Answer
from pytest_kbevents.agent.actions.calls import Calls
from pytest_kbevents.agent.actions.running import Running
from pytest_kbevents.agent.panic import Panic
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.clock import SECOND

COMMAND = Action("command", command=("true",))
BACKUP = Action("backup", command=("true",), non_blocking=True)
ACTIONS = [
    COMMAND,
    BACKUP,
    Action("restore", command=("true",), non_blocking=True),
    Action("retried", command=("true",), timeout=10, retry=RetryPolicy(5, 3 * SECOND), non_blocking=True),
    Action("page", "http"),
    Action("call", "grpc"),
    Action("nothing", ""),
    Action("empty"),
    Action("reconfigure", command=("true",)),
    Action("udf-reconfigure", command=("true",), non_blocking=True),
]
ASYNC = Call("command", non_blocking=True)


class Fake:
    """Answers with what it has been told; it counts its runs, and names them in its output."""

    def __init__(self):
        self.told = {}
        self.runs = []

    def answers(self, action):
        return action in self.told

    def run(self, run):
        self.runs.append(run)
        answer = self.told.get(run.action.name, Answer(latency=5 * SECOND))
        return replace(answer, output=b"run %d" % len(self.runs))


@pytest.fixture
def database():
    return Fake()


@pytest.fixture
def woken():
    """How often the calls asked to be advanced."""
    return []


@pytest.fixture
def calls(database, clock, woken):
    """Those of the newest release."""
    return made("main", database, clock, woken)


@pytest.fixture
def old(database, clock, woken):
    """Those of ``1.0``."""
    return made("1.0.0", database, clock, woken)


def made(release, database, clock, woken):
    calls = Calls({each.name: each for each in ACTIONS}, database, TABLE[release], clock)
    calls.alarm = lambda: woken.append(1)
    return calls


def told(result):
    """What the caller hears at once: an error's text, or the output."""
    return result.failure.text if result.failure is not None else result.output


def test_an_action_that_is_not_there_is_not_defined(calls):
    assert told(calls.begin(Call("other"))) == "other is not defined: notDefined"


def test_an_action_of_no_kind_is_invalid(calls):
    assert told(calls.begin(Call("nothing"))) == "nothing is invalid: badRequest"


@pytest.mark.parametrize("action", ["page", "call", "nothing"])
def test_old_releases_only_know_exec(old, action):
    result = old.begin(Call(action))
    assert (result.failure.type, told(result)) == ("notImplemented", "only exec action is supported: notImplemented")


@pytest.mark.parametrize("action", ["page", "call"])
def test_only_an_exec_takes_arguments(calls, action):
    text = "runtime arguments are only supported for exec actions: badRequest"
    assert told(calls.begin(Call(action, arguments=(("a",),)))) == text


@pytest.mark.parametrize("action", ["command", "page", "call"])
def test_a_call_is_for_the_caller_to_advance(calls, action):
    assert isinstance(calls.begin(Call(action)), Running)


def test_a_call_that_is_for_the_caller_is_not_advanced_by_the_driver(calls):
    calls.begin(Call("command"))
    assert calls.due() is None


def test_a_call_that_is_for_the_caller_has_run_nothing_yet(calls, database):
    calls.begin(Call("command"))
    assert database.runs == []


def test_an_unmet_precondition_is_told_at_once(calls, tmp_path):
    result = calls.begin(Call("reconfigure", {"KB_CONFIG_FILES_REMOVED": str(tmp_path)}))
    assert result.failure.type == "preconditionFailed"


def test_an_exec_without_command_is_a_panic(calls):
    with pytest.raises(Panic, match=r"^action empty is an exec without command$"):
        calls.begin(Call("empty"))


def test_an_exec_without_command_is_none_when_its_database_knows_what_to_do(calls, database):
    database.told["empty"] = Answer()
    assert isinstance(calls.begin(Call("empty")), Running)


def test_old_releases_know_no_arguments(old, database):
    old.begin(Call("command", arguments=(("a",), ("b",)))).step()
    assert database.runs[0].arguments == ()


def test_that_a_call_is_non_blocking_means_nothing_to_new_releases(calls):
    assert isinstance(calls.begin(ASYNC), Running)


def test_that_an_action_is_non_blocking_means_nothing_to_old_releases(old):
    assert isinstance(old.begin(Call("backup")), Running)


def test_a_non_blocking_call_is_in_progress_at_once(calls):
    assert told(calls.begin(Call("backup"))) == "inProgress"


def test_a_non_blocking_call_asks_to_be_advanced(calls, woken):
    calls.begin(Call("backup"))
    assert woken == [1]


def test_a_non_blocking_call_is_begun_by_the_driver(calls, database, drive):
    calls.begin(Call("backup"))
    drive([calls])
    assert len(database.runs) == 1


def test_a_non_blocking_call_that_has_begun_is_due_when_it_ends(calls, drive, clock):
    calls.begin(Call("backup"))
    drive([calls])
    assert calls.due() == clock.micros() + 5 * SECOND


def test_the_same_call_is_in_progress_until_it_has_ended(calls, drive):
    calls.begin(Call("backup"))
    drive([calls], 4.9)
    assert told(calls.begin(Call("backup"))) == "inProgress"


def test_the_same_call_starts_nothing(calls, database, drive):
    calls.begin(Call("backup"))
    drive([calls], 4)
    calls.begin(Call("backup"))
    drive([calls], 60)
    assert len(database.runs) == 1


def test_the_result_is_told_again_and_again(calls, drive):
    calls.begin(Call("backup"))
    drive([calls], 5)
    assert [told(calls.begin(Call("backup"))) for _ in range(3)] == [b"run 1"] * 3


def test_a_failure_is_told_again_and_again(calls, drive, database):
    database.told["backup"] = Answer(exit_code=1)
    calls.begin(Call("backup"))
    drive([calls])
    assert [told(calls.begin(Call("backup"))) for _ in range(3)] == ["exit code: 1: failed"] * 3


def test_when_all_calls_have_ended_there_is_nothing_to_do(calls, drive):
    calls.begin(Call("backup"))
    drive([calls], 5)
    assert calls.due() is None


OTHERS = {
    "parameters": Call("backup", {"KEY": "value"}),
    "arguments": Call("backup", arguments=(("a",),)),
    "timeout": Call("backup", timeout=31),
    "retry": Call("backup", retry=RetryPolicy(1)),
    "rerun": Call("backup", rerun=True),
}
different = pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)


@different
def test_a_different_call_meanwhile_is_told_that_it_is_busy(calls, other):
    calls.begin(Call("backup"))
    assert told(calls.begin(other)) == "busy"


@different
def test_a_different_call_meanwhile_starts_nothing(calls, other, database, drive):
    calls.begin(Call("backup"))
    calls.begin(other)
    drive([calls], 60)
    assert len(database.runs) == 1


@different
def test_a_different_call_afterwards_is_started(calls, other, drive):
    calls.begin(Call("backup"))
    drive([calls], 5)
    assert told(calls.begin(other)) == "inProgress"


def test_a_rerun_has_a_result_of_its_own(calls, drive):
    calls.begin(Call("backup"))
    drive([calls], 5)
    calls.begin(Call("backup", rerun=True))
    drive([calls], 5)
    assert told(calls.begin(Call("backup"))) == b"run 2"


def test_a_rerun_may_be_the_first_call(calls):
    assert told(calls.begin(Call("backup", rerun=True))) == "inProgress"


def test_a_call_that_says_the_default_limit_is_the_same(calls):
    calls.begin(Call("backup"))
    assert told(calls.begin(Call("backup", timeout=30))) == "inProgress"


def test_calls_of_different_actions_run_side_by_side(calls, drive):
    calls.begin(Call("backup"))
    calls.begin(Call("restore"))
    drive([calls], 5)
    assert [told(calls.begin(Call(name))) for name in ("backup", "restore")] == [b"run 1", b"run 2"]


def test_a_non_blocking_call_that_is_refused_starts_nothing(calls):
    calls.begin(Call("udf-reconfigure", {"KB_CONFIG_FILES_UPDATED": "nonsense"}))
    assert calls.due() is None


def timed_out_after(calls, call, drive):
    """The second in which its result is that it has timed out."""
    calls.begin(call)
    for second in range(1000):
        drive([calls], 1)
        if told(calls.begin(call)).endswith("timedOut"):
            return second + 1
    return None


@pytest.mark.parametrize(("seconds", "ends"), [(None, 30), (10, 10), (90, 90), (-1, None)])
def test_a_non_blocking_call_may_last_longer_than_a_minute(calls, database, drive, seconds, ends):
    database.told["backup"] = Answer(latency=100_000 * SECOND)
    assert timed_out_after(calls, Call("backup", timeout=seconds), drive) == ends


def test_the_limit_of_a_non_blocking_call_is_for_all_its_attempts(calls, database, drive):
    database.told["retried"] = Answer(exit_code=1, latency=SECOND)
    assert timed_out_after(calls, Call("retried"), drive) == 10


def test_a_non_blocking_call_is_not_repeated_after_its_limit(calls, database, drive):
    database.told["retried"] = Answer(exit_code=1, latency=100 * SECOND)
    calls.begin(Call("retried"))
    drive([calls], 60)
    assert len(database.runs) == 1


def test_a_non_blocking_call_ends_at_its_limit_although_it_pauses(calls, database, drive):
    database.told["retried"] = Answer(exit_code=1)
    assert timed_out_after(calls, Call("retried", retry=RetryPolicy(5, 100 * SECOND)), drive) == 10


def test_a_later_attempt_is_limited_by_what_is_left(calls, database, drive):
    database.told["retried"] = Answer(exit_code=1)
    calls.begin(Call("retried"))
    drive([calls], 60)
    assert [run.limit for run in database.runs] == [10, 7, 4, 1]


def test_what_the_attempt_that_timed_out_wrote_is_told(calls, database, drive):
    database.told["retried"] = Answer(stderr="slow", latency=100 * SECOND)
    calls.begin(Call("retried"))
    drive([calls], 10)
    assert told(calls.begin(Call("retried"))) == "slow: timedOut"


def test_an_attempt_may_take_all_that_is_left(calls, database, drive):
    database.told["retried"] = Answer(latency=10 * SECOND)
    calls.begin(Call("retried"))
    drive([calls], 10)
    assert told(calls.begin(Call("retried"))) == b"run 1"


def test_an_old_call_that_is_non_blocking_is_in_progress_at_once(old):
    assert told(old.begin(ASYNC)) == "inProgress"


def test_an_old_call_is_in_progress_whatever_its_parameters(old, drive):
    old.begin(ASYNC)
    drive([old], 4)
    assert told(old.begin(Call("command", {"KEY": "value"}, rerun=True, non_blocking=True))) == "inProgress"


def test_an_old_result_is_collected_whatever_the_parameters(old, drive):
    old.begin(ASYNC)
    drive([old], 5)
    assert told(old.begin(Call("command", {"KEY": "value"}, non_blocking=True))) == b"run 1"


def test_an_old_result_is_forgotten_once_it_is_collected(old, drive):
    old.begin(ASYNC)
    drive([old], 5)
    old.begin(ASYNC)
    assert told(old.begin(ASYNC)) == "inProgress"


def test_an_old_call_starts_nothing_while_it_is_in_progress(old, database, drive):
    old.begin(ASYNC)
    drive([old], 4)
    old.begin(ASYNC)
    drive([old], 60)
    assert len(database.runs) == 1


def test_an_old_blocking_call_runs_beside_one_in_the_background(old):
    old.begin(ASYNC)
    assert isinstance(old.begin(Call("command")), Running)


def test_an_old_call_in_the_background_is_limited_by_what_it_says(old, database, drive):
    database.told["command"] = Answer(latency=3600 * SECOND)
    old.begin(replace(ASYNC, timeout=10))
    drive([old], 10)
    assert told(old.begin(ASYNC)) == "timedOut"


def test_a_step_before_its_time_does_nothing(calls, drive):
    calls.begin(Call("backup"))
    drive([calls])
    calls.step()
    assert told(calls.begin(Call("backup"))) == "inProgress"


class Slow(Fake):
    """A database whose runs of ``backup`` last until they are released."""

    def __init__(self):
        super().__init__()
        self.entered, self.released = threading.Event(), threading.Event()

    def run(self, run):
        if run.action is BACKUP:
            self.entered.set()
            self.released.wait(60)
        return super().run(run)


@pytest.fixture
def slow(clock, woken):
    """Calls, and a thread in the midst of a step of theirs."""
    database = Slow()
    calls = made("main", database, clock, woken)
    calls.begin(Call("backup"))
    thread = threading.Thread(target=calls.step)
    thread.start()
    database.entered.wait(60)
    yield calls
    database.released.set()
    thread.join()


def test_calls_begin_while_a_step_takes_its_time(slow):
    assert told(slow.begin(Call("backup"))) == "inProgress"


def test_a_step_that_is_being_taken_is_not_due(slow):
    assert slow.due() is None


def test_other_steps_are_taken_while_one_takes_its_time(slow, drive):
    slow.begin(Call("restore"))
    drive([slow], 5)
    assert told(slow.begin(Call("restore"))) == b"run 1"
