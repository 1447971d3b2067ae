"""Exit codes of an agent's processes, and what they wait for."""

import queue
import signal

import pytest

from pytest_kbevents.agent.panic import Panic
from pytest_kbevents.clock import WallClock
from pytest_kbevents.environment.bell import Bell
from pytest_kbevents.environment.ending import exit_code, wait_for_the_end
from pytest_kbevents.environment.threads import Threads


class Failing:
    """Raises this at its first step."""

    name = "failing"

    def __init__(self, error):
        self._error = error

    def due(self):
        return 0

    def step(self):
        raise self._error


@pytest.fixture
def driver():
    driver = Threads(WallClock(), Bell(), lambda: False)
    yield driver
    driver.close()


@pytest.fixture
def heard():
    return queue.SimpleQueue()


def fails(error):
    def run():
        raise error

    return run


def test_what_ends_by_itself_ends_with_0(capsys):
    assert (exit_code(lambda: None), capsys.readouterr().err) == (0, "")


def test_a_panic_is_told_as_go_does_and_ends_with_2(capsys):
    assert exit_code(fails(Panic("no endpoint to listen on"))) == 2
    assert capsys.readouterr().err == "panic: no endpoint to listen on\n"


def test_a_mistake_of_ours_is_logged_with_its_traceback_and_ends_with_1(caplog):
    assert exit_code(fails(KeyError("ours"))) == 1
    (record,) = caplog.records
    assert (record.exc_info[0], "please report it" in record.getMessage()) == (KeyError, True)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, None])
def test_a_signal_and_nothing_more_to_do_are_the_end(driver, heard, end):
    heard.put(end)
    wait_for_the_end(heard, driver)
    assert heard.empty()


def test_which_signal_it_was_is_said(driver, heard, caplog):
    caplog.set_level("INFO")
    heard.put(signal.SIGTERM)
    wait_for_the_end(heard, driver)
    assert caplog.messages == ["SIGTERM: ended"]


def test_what_an_actor_raises_is_raised(driver, heard):
    driver.add(Failing(Panic("in a probe")))
    with pytest.raises(Panic, match="in a probe"):
        wait_for_the_end(heard, driver)


def test_what_went_wrong_elsewhere_is_raised(driver, heard):
    heard.put(Panic("in a call"))
    with pytest.raises(Panic, match="in a call"):
        wait_for_the_end(heard, driver)
