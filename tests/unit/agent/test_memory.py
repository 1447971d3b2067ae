"""What a database still knows when its processes start anew."""

import pytest

from pytest_kbevents.agent.database.memory import Memory
from pytest_kbevents.agent.database.script import Conduct

FAILS, SUCCEEDS = Conduct(exitCode=7), Conduct()


@pytest.fixture
def folder(tmp_path):
    return str(tmp_path)


def test_the_next_process_goes_on_counting(folder):
    Memory(folder).ran("dataLoad", FAILS, 2)
    assert Memory(folder).runs("dataLoad", FAILS) == 2


def test_an_action_that_is_told_something_new_counts_anew(folder):
    Memory(folder).ran("dataLoad", FAILS, 2)
    assert Memory(folder).runs("dataLoad", SUCCEEDS) == 0


def test_what_was_loaded_stays(folder):
    assert Memory(folder).data is None
    Memory(folder).keep(b"\x00data")
    assert Memory(folder).data == b"\x00data"


def test_without_a_folder_all_is_forgotten():
    memory = Memory("")
    memory.ran("dataLoad", FAILS, 2)
    memory.keep(b"data")
    assert (memory.runs("dataLoad", FAILS), memory.data) == (0, None)
