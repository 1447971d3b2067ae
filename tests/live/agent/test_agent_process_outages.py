"""``kbevents agent`` as the process that it is: how it lives without its API server."""

import pytest

from agents import call, output, probe
from processes import eventually
from pytest_kbevents.api.resources import EVENTS, NAMESPACES
from pytest_kbevents.apiserver.listener import Listener
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client import kubeconfig
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import WallClock


@pytest.fixture
def own(port, tmp_path, namespace):
    """An API server of the test's own that goes away and comes back, at the same port."""
    server = Server(WallClock())
    inside = Client(server, "inside")
    inside.create(NAMESPACES, {"metadata": {"name": namespace}})

    class Own:
        client = inside
        kubeconfig = tmp_path / "own"
        listener = None

        def begin(self):
            self.listener = Listener(server, "t0ken", port)
            self.listener.start()
            kubeconfig.write(self.kubeconfig, server=self.listener.address, token="t0ken")

        def end(self):
            self.listener.stop()

        def roles(self):
            return sorted(output(event) for event in inside.list(EVENTS, namespace))

    own = Own()
    own.begin()
    yield own
    own.end()


@pytest.mark.parametrize("release", ["main", "fixed"])
def test_an_api_server_that_was_away_hears_what_happened_since(start, tell, own, release):
    tell(client=own.client, actions={"roleProbe": {"sequence": ["primary", "secondary"]}})
    agent = start("--release", release, probes=[probe(reportPeriodSeconds=1)], kubeconfig=own.kubeconfig)
    assert eventually(own.roles, ["primary", "secondary"])
    own.end()
    assert agent.says("failed to send an Event")
    assert agent.says("ConfigMap cannot be read")
    tell(client=own.client, actions={"roleProbe": "third"})
    own.begin()
    assert eventually(own.roles, ["primary", "secondary", "third"])
    assert sum("ConfigMap cannot be read" in line for line in agent.lines) == 1


def test_an_agent_that_begins_before_its_api_server_reports_to_it(start, tell, own):
    own.end()
    tell(client=own.client, actions={"roleProbe": "primary"})
    agent = start(kubeconfig=own.kubeconfig)
    assert agent.says("ConfigMap cannot be read")
    assert call(agent, action="nothing")[0] == 200
    own.begin()
    assert eventually(own.roles, ["primary"])


def test_a_kubeconfig_that_comes_later_is_used(start, tell, roles, backend, tmp_path):
    tell(actions={"roleProbe": "primary"})
    agent = start(kubeconfig=tmp_path / "later")
    assert str(tmp_path / "later") in agent.said("the database's ConfigMap cannot be read")["error"]
    backend.write_kubeconfig(tmp_path / "later")
    assert eventually(roles, ["primary"])


def test_without_a_kubeconfig_it_serves_and_says_what_it_lacks(start):
    agent = start(kubeconfig=None)
    assert "no kubeconfig was given" in agent.said("the database's ConfigMap cannot be read")["error"]
    assert call(agent, action="nothing")[0] == 200
