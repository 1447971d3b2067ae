"""The window of results in a Component's status."""

import pytest

from pytest_kbevents.clock import SECOND, SIMULATION_START
from pytest_kbevents.reconciler.available.probe_result import ProbeResult
from pytest_kbevents.reconciler.available.window import decode, encode, kept

PODS = ("c-0", "c-1")


def result(pod="c-0", at=0, code=0, **changed):
    return ProbeResult(pod, "u", SIMULATION_START + at * SECOND, code, **changed)


FULL = result(at=1, code=-1, stdout=b"ok", stderr=b"<boom>")
TEXT = (
    '[{"podName":"c-0","podUID":"u","timestamp":"2026-01-01T00:00:01Z","code":-1,"stdout":"b2s=","stderr":"PGJvb20+"}]'
)


def test_a_list_is_written_as_go_writes_it():
    assert encode([FULL]) == TEXT


def test_what_is_empty_is_left_out():
    assert encode([result(at=1)]) == '[{"podName":"c-0","podUID":"u","timestamp":"2026-01-01T00:00:01Z","code":0}]'


def test_signs_that_go_escapes_are_escaped():
    assert '"podName":"\\u003cc\\u003e\\u0026\\u2028"' in encode([result("<c>&\u2028")])


def test_no_result_is_an_empty_list():
    assert encode([]) == "[]"


@pytest.mark.parametrize("results", [[], [FULL], [result(), result("c-1", code=3)]])
def test_what_is_written_is_read_again(results):
    assert decode(encode(results)) == results


@pytest.mark.parametrize("text", ["", "null", "[]"])
def test_nothing_is_no_result(text):
    assert decode(text) == []


def test_fractions_of_a_second_are_kept():
    text = '[{"podName":"c-0","podUID":"u","timestamp":"2026-01-01T00:00:01.5Z","code":0}]'
    assert encode(decode(text)) == text


@pytest.mark.parametrize("text", ["x", "{}", "[1]", '["a"]', '[{"code":"0"}]', '[{"timestamp":"now"}]', "[] []", "[{]"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        decode(text)


def test_the_latest_of_a_pod_is_kept():
    assert kept([result(at=1)], result(at=2, code=1), PODS, 0) == [result(at=2, code=1)]


def test_an_older_one_changes_nothing():
    assert kept([result(at=2)], result(at=1, code=1), PODS, 0) == [result(at=2)]


def test_of_two_with_one_date_the_known_one_stays():
    assert kept([result(at=1)], result(at=1, code=1), PODS, 0) == [result(at=1)]


def test_another_pods_is_kept_beside():
    assert kept([result("c-1", 1)], result(at=1), PODS, 0) == [result(at=1), result("c-1", 1)]


def test_one_that_is_as_old_as_the_window_is_dropped():
    assert kept([result("c-1", 1)], result(at=2), PODS, SIMULATION_START + SECOND) == [result(at=2)]


def test_a_pod_that_is_not_of_the_component_is_dropped():
    assert kept([result("c-9", 1)], result(at=2), PODS, 0) == [result(at=2)]


def test_a_date_that_no_calendar_has_is_written_as_the_last_one():
    text = '[{"podName":"c-0","timestamp":"9999-12-31T23:59:59-01:00"}]'
    assert '"timestamp":"9999-12-31T23:59:59Z"' in encode(decode(text))
