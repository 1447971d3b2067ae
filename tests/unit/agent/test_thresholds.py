"""Section 6, Probes: which runs are worth an Event."""

import pytest

from pytest_kbevents.agent.actions.action import Failure, Result
from pytest_kbevents.agent.probes.probeconfig import ProbeConfig
from pytest_kbevents.agent.probes.thresholds import Thresholds
from pytest_kbevents.api.messages import ProbeMessage

ERROR = "exit code: 3, stderr: boom: failed"
FAILED = Result(failure=Failure("failed", ERROR))


def good(output):
    return ProbeMessage("c1-mysql", "roleProbe", 0, output)


def bad(last=b""):
    return ProbeMessage("c1-mysql", "roleProbe", -1, last, ERROR)


def observed(runs, success=0, failure=0):
    """What each run was worth; ``x`` is a failure, other letters are outputs, an upper-case one is a forced run."""
    thresholds = Thresholds(ProbeConfig("roleProbe", "c1-mysql", success_threshold=success, failure_threshold=failure))
    found = []
    for run in runs:
        answer = FAILED if run in "xX" else Result(run.lower().encode())
        message = thresholds.observe(answer, forced=run.isupper())
        found.append("." if message is None else "x" if message.code else message.output.decode())
    return "".join(found)


ROWS = {
    # runs, success threshold, failure threshold, Events ("." for none)
    "first-success": ("a", 1, 1, "a"),
    "same-output": ("aaa", 1, 1, "a.."),
    "changed-output": ("aab", 1, 1, "a.b"),
    "output-back-again": ("aba", 1, 1, "aba"),
    "threshold-0-is-1": ("aa", 0, 0, "a."),
    "threshold-below-0-is-1": ("aa", -1, -1, "a."),
    "success-reaches-2": ("aaa", 2, 1, ".a."),
    "success-reaches-3": ("aaaa", 3, 1, "..a."),
    "change-below-the-threshold": ("abb", 3, 1, "..b"),
    "change-beyond-the-threshold": ("aabb", 2, 1, ".ab."),
    "change-at-the-threshold": ("ab", 2, 1, ".b"),
    "first-failure": ("x", 1, 1, "x"),
    "each-failure": ("xxx", 1, 1, "xxx"),
    "failure-below-its-threshold": ("axx", 1, 3, "a.."),
    "failure-at-its-threshold": ("axxx", 1, 3, "a..x"),
    "failures-beyond-the-threshold": ("xxxx", 1, 2, ".xxx"),
    "success-after-a-failure": ("axa", 1, 1, "axa"),
    "success-after-a-failure-below-its-threshold": ("axa", 1, 3, "a.a"),
    "success-after-a-failure-counts-from-one": ("aaxaa", 2, 1, ".ax.a"),
    "failure-after-a-success-counts-from-one": ("xaxx", 1, 2, ".a.x"),
    "empty-output-is-an-output": ("a a", 1, 1, "a a"),
    "forced-same-output": ("aaA", 1, 1, "a.a"),
    "forced-success-below-the-threshold": ("A", 3, 1, "a"),
    "forced-failure-below-the-threshold": ("aX", 1, 3, "ax"),
    "run-after-a-forced-one": ("aAa", 1, 1, "aa."),
}


@pytest.mark.parametrize(("runs", "success", "failure", "expected"), ROWS.values(), ids=ROWS)
def test_which_runs_are_worth_an_event(runs, success, failure, expected):
    assert observed(runs, success, failure) == expected


@pytest.fixture
def thresholds():
    return Thresholds(ProbeConfig("roleProbe", "c1-mysql", success_threshold=2))


def test_a_success_carries_the_output_and_no_text(thresholds):
    thresholds.observe(Result(b"primary"))
    assert thresholds.observe(Result(b"primary")) == good(b"primary")


def test_a_failure_carries_code_minus_one_and_the_error(thresholds):
    assert thresholds.observe(FAILED) == bad()


def test_a_failure_carries_the_last_output_that_counted(thresholds):
    for output in (b"a", b"a", b"b"):
        thresholds.observe(Result(output))
    assert thresholds.observe(FAILED) == bad(b"b")


def test_an_output_below_the_success_threshold_does_not_count(thresholds):
    for answer in (Result(b"a"), Result(b"a"), FAILED, Result(b"b")):
        thresholds.observe(answer)
    assert thresholds.observe(FAILED) == bad(b"a")


def test_a_forced_run_below_the_threshold_is_not_the_last_good_one():
    thresholds = Thresholds(ProbeConfig("roleProbe", "c1-mysql", success_threshold=3))
    thresholds.observe(Result(b"early"), forced=True)
    assert thresholds.observe(FAILED).output == b""
