"""A hand-over of data that is cut off at its beginning; what comes of whole ones is in tests/parity."""

import pytest

from pytest_kbevents.agent.actions.action import Action
from pytest_kbevents.agent.config.environment import NewReplica
from pytest_kbevents.agent.database.scripted import ScriptedDatabase
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.agent.streams.network import Wires
from pytest_kbevents.agent.tasks.load import Load
from pytest_kbevents.api.names import DATA_LOAD

SOURCE, NEW = "c1-mysql-0", "c1-mysql-1"


@pytest.fixture
def network():
    return Wires()


@pytest.fixture
def load(network, clock):
    task = (NewReplica(f"{SOURCE}.c1-mysql-headless", 3502, NEW), NEW)
    return Load(task, Action(DATA_LOAD), (network, ScriptedDatabase(NEW), clock), TABLE["fixed"])


@pytest.fixture
def accepted(network):
    """The source's ends of what connects."""
    found = []
    network.listen(SOURCE, "10.0.0.1", found.append)
    return found


def test_it_asks_for_a_dump(load, accepted):
    load.step()
    assert accepted[0].take().startswith(b'{"action":"dataDump"')
    assert not accepted[0].over()


def test_a_worker_that_dies_closes_what_it_has_open(load, accepted):
    load.step()
    load.close()
    accepted[0].take()
    assert accepted[0].over()


def test_a_worker_that_dies_while_it_connects_leaves_nothing_open(load, network):
    accepted = []

    def accept(connection):
        load.close()
        accepted.append(connection)

    network.listen(SOURCE, "10.0.0.1", accept)
    load.step()
    assert accepted[0].over()
