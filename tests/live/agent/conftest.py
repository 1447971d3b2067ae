"""Agents beside a local API server, and what their databases are told."""

import itertools
import json
import os
import socket

import pytest

from agents import ACTIONS, POD, PROBES, Agent, output
from pytest_kbevents.agent.database.script import KEY, config_map_of
from pytest_kbevents.api.resources import CONFIG_MAPS, EVENTS, NAMESPACES
from pytest_kbevents.cluster.local import Local
from pytest_kbevents.errors import NotFound

_NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def backend(_no_proxy):
    backend = Local()
    backend.start()
    yield backend
    backend.stop()


@pytest.fixture
def namespace(client):
    """A namespace of the test's own."""
    name = f"agent-{next(_NUMBERS)}"
    client.create(NAMESPACES, {"metadata": {"name": name}})
    return name


@pytest.fixture
def tell(client, namespace):
    """What the database of a Pod does from now on."""

    def tell(pod=POD, client=client, text="", **script):
        data = {"data": {KEY: text or json.dumps(script)}}
        try:
            client.patch(CONFIG_MAPS, namespace, config_map_of(pod), data)
        except NotFound:
            client.create(CONFIG_MAPS, {"metadata": {"name": config_map_of(pod), "namespace": namespace}, **data})

    return tell


@pytest.fixture
def events(client, namespace):
    """Every Event."""
    return lambda: client.list(EVENTS, namespace)


@pytest.fixture
def roles(events):
    """What the Events say that the role is, by name of Event no more."""
    return lambda: sorted(output(event) for event in events())


@pytest.fixture
def start(backend, namespace):
    """Starts an agent at ports that are free; what still runs at the end is killed."""
    started = []

    def start(*flags, pod=POD, actions=ACTIONS, probes=PROBES, kubeconfig=backend.kubeconfig, **more):
        identity = {"NAMESPACE": namespace, "POD_NAME": pod, "POD_UID": "11", "NODE_NAME": "node-0"}
        lists = {"ACTION": json.dumps(actions), "PROBE": json.dumps(probes), "STREAMING": "dataDump"}
        variables = {f"KB_AGENT_{name}": text for name, text in (identity | lists | more).items() if text is not None}
        found = {"KUBECONFIG": str(kubeconfig)} if kubeconfig is not None else {}
        inherited = {name: text for name, text in os.environ.items() if name != "KUBECONFIG"}
        doors = ("--address=127.0.0.1", "--port=0", "--streaming-port=0")
        started.append(Agent(["agent", *doors, *flags], inherited | found | variables))
        return started[-1]

    yield start
    for process in started:
        process.end()


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]
