"""Section 6, Probes: which runs are worth an Event."""

import pytest

from pytest_kbevents.agent.probe import ProbeConfig, Thresholds
from pytest_kbevents.agent.script import Answer
from pytest_kbevents.api.messages import ProbeMessage

FAILED = Answer(exit_code=3, stderr="boom")
ERROR = "exit code: 3, stderr: boom: failed"


def good(output):
    return ProbeMessage("c1-mysql", "roleProbe", 0, output)


def bad(last=b""):
    return ProbeMessage("c1-mysql", "roleProbe", -1, last, ERROR)


def observed(runs, success=0, failure=0):
    """What each run was worth; ``x`` is a failure, other letters are outputs, an upper-case one is a forced run."""
    thresholds = Thresholds("c1-mysql", ProbeConfig("roleProbe", success_threshold=success, failure_threshold=failure))
    found = []
    for run in runs:
        answer = FAILED if run in "xX" else Answer(run.lower().encode())
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
    return Thresholds("c1-mysql", ProbeConfig("roleProbe", success_threshold=2))


def test_a_success_carries_the_output_and_no_text(thresholds):
    thresholds.observe(Answer(b"primary", stderr="a warning"))
    assert thresholds.observe(Answer(b"primary", stderr="a warning")) == good(b"primary")


def test_a_failure_carries_code_minus_one_and_the_error(thresholds):
    assert thresholds.observe(FAILED) == bad()


def test_a_failure_carries_the_last_output_that_counted(thresholds):
    for output in (b"a", b"a", b"b"):
        thresholds.observe(Answer(output))
    assert thresholds.observe(FAILED) == bad(b"b")


def test_an_output_below_the_success_threshold_does_not_count(thresholds):
    for answer in (Answer(b"a"), Answer(b"a"), FAILED, Answer(b"b")):
        thresholds.observe(answer)
    assert thresholds.observe(FAILED) == bad(b"a")


def test_the_output_of_a_failed_run_is_dropped(thresholds):
    assert thresholds.observe(Answer(b"half an answer", 3, "boom")) == bad()


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (Answer(exit_code=3), "exit code: 3: failed"),
        (Answer(exit_code=3, stderr="boom"), "exit code: 3, stderr: boom: failed"),
        (Answer(exit_code=3, stderr="boom\n"), "exit code: 3, stderr: boom\n: failed"),
        (Answer(exit_code=-1), "exit code: -1: failed"),
        (Answer(), ""),
    ],
    ids=["bare", "stderr", "stderr-as-it-is", "signal", "success"],
)
def test_the_text_of_an_error(answer, text):
    assert answer.error == text


@pytest.mark.parametrize(("period", "effective"), [(0, 60), (-1, 60), (1, 1), (90, 90)])
def test_a_period_that_is_not_positive_is_60(period, effective):
    assert ProbeConfig("roleProbe", period=period).effective_period == effective


@pytest.mark.parametrize(("period", "report"), [(0, 60), (1, 15), (15, 15), (20, 20)])
def test_the_role_is_reported_each_period_but_not_more_often_than_each_15_seconds(period, report):
    assert ProbeConfig("roleProbe", period=period).report_period == report


def test_a_forced_run_below_the_threshold_is_not_the_last_good_one():
    thresholds = Thresholds("c1-mysql", ProbeConfig("roleProbe", success_threshold=3))
    thresholds.observe(Answer(b"early"), forced=True)
    assert thresholds.observe(Answer(exit_code=1)).output == b""
