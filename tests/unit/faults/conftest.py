"""A small world with the reference controller, and a server that knows one answer."""

import pytest

from pytest_kbevents.agent.database.script import Conduct
from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.api.names import ROLE_LABEL
from pytest_kbevents.api.objects import labels_of
from pytest_kbevents.api.resources import EVENTS, PODS
from pytest_kbevents.clock import SECOND
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.workload import Role, Workload
from pytest_kbevents.environment.world import Cast, World

WORKLOAD = Workload("c1", "mysql", 2, [Role("primary", exclusive=True), Role("secondary")])


class Stage:
    """A world and what is asked of it here."""

    def __init__(self, world):
        self.world = world

    def says(self, pod, role):
        """A database answers this from now on."""
        self.world.tell(pod, actions={"roleProbe": Conduct(output=role)})

    def role(self, pod):
        """The Pod's label now."""
        return labels_of(self.world.history.state.get(PODS, (self.world.namespace, pod))).get(ROLE_LABEL)

    def go_on(self, seconds=10):
        self.world.until(lambda: False, self.world.clock.micros() + seconds * SECOND)

    def writes(self):
        """Everything that the controller asked to be written: method, kind, the answer's code."""
        return [
            (entry.method, entry.path.rpartition("/")[0].rpartition("/")[2], entry.code)
            for entry in self.world.audit.entries
            if entry.user_agent == "event-controller" and entry.method != "GET"
        ]

    def beginnings(self):
        """How often the controller asked for all Events, be it to list or to watch them."""
        return sum(
            entry.user_agent == "event-controller" and entry.path.endswith("/events") and entry.method == "GET"
            for entry in self.world.audit.entries
        )

    def handled(self):
        """For each Event of an agent, up to which count it is handled."""
        return [
            (event["metadata"].get("annotations") or {}).get("kubeblocks.io/event-handled")
            for event in self.world.history.state.list(EVENTS)
        ]


@pytest.fixture
def play():
    """Opens a world; all are closed at the end."""
    worlds = []

    def play(controller="reference", release="fixed"):
        worlds.append(World(make("embedded"), f"kb-{len(worlds)}", WORKLOAD, Cast(controller, release, 0)))
        return Stage(worlds[-1])

    yield play
    for world in worlds:
        world.close()


@pytest.fixture
def server():
    """Gives one answer to everything, and remembers what it was asked."""

    class Server:
        def __init__(self):
            self.asked = []
            self.answer = Response(200)

        def __call__(self, request):
            self.asked.append((request.method, request.path))
            return self.answer

    return Server()


@pytest.fixture
def ask(server):
    """Send a request through a fault; the answer's code."""

    def ask(fault, method="PUT", path="/api/v1/namespaces/ns/pods/a", user_agent="event-controller"):
        return fault(Request(method, path, user_agent=user_agent), server).status

    return ask
