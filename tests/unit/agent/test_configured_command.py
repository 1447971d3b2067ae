"""A database that is told to do what its agent is configured with."""

import pytest

from pytest_kbevents.agent.actions.action import Action, Call
from pytest_kbevents.agent.actions.answer import Run
from pytest_kbevents.agent.database.script import Conduct, Script
from pytest_kbevents.agent.database.scripted import ScriptedDatabase
from pytest_kbevents.agent.panic import Panic


@pytest.fixture
def database():
    database = ScriptedDatabase("c1-mysql-0")
    database.tell(Script(actions={"act": Conduct(command=True)}))
    return database


def test_the_configured_command_runs_for_real(database):
    run = Run(Action("act", command=("/bin/sh", "-c", 'echo "$0 $WORD"')), Call("act", {"WORD": "b"}), ("a",))
    assert database.run(run).output == b"a b\n"


def test_an_exec_without_command_is_a_panic(database):
    with pytest.raises(Panic, match=r"^action act is an exec without command$"):
        database.run(Run(Action("act"), Call("act")))
