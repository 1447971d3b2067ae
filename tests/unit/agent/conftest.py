"""An agent's surroundings: a real server on a virtual clock, faults before it, and a driver."""

from types import SimpleNamespace

import pytest

from pytest_kbevents.agent.database.script import KEY, Script, config_map_of, encode
from pytest_kbevents.agent.kubelet.disk import TalkingDisk
from pytest_kbevents.agent.kubelet.fleet import Fleet
from pytest_kbevents.agent.sending.delivery import Delivery, Sender
from pytest_kbevents.agent.sending.event import Identity, Kbagent
from pytest_kbevents.agent.streams.network import Wires
from pytest_kbevents.api.resources import CONFIG_MAPS, EVENTS, NAMESPACES, PODS
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.interceptor import Intercepted
from pytest_kbevents.clock import SECOND, VirtualClock
from pytest_kbevents.environment.podspec import containers
from pytest_kbevents.environment.workload import Workload
from pytest_kbevents.errors import NotFound, ServiceUnavailable
from pytest_kbevents.faults.refuse import Refuse


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def now(clock):
    """Seconds since the test began."""
    began = clock.micros()
    return lambda: (clock.micros() - began) / SECOND


@pytest.fixture
def server(clock):
    return Server(clock)


@pytest.fixture
def harness(server):
    """A client that no fault hits; it makes the namespace."""
    client = Client(server, "harness")
    client.create(NAMESPACES, {"metadata": {"name": "ns"}})
    return client


@pytest.fixture
def faults():
    """What stands between the agent and the server; put interceptors in."""
    return []


@pytest.fixture
def transport(server, harness, faults):
    del harness
    return Intercepted(server, faults)


@pytest.fixture
def client(transport):
    return Client(transport, "agent")


@pytest.fixture
def identity():
    return Identity("ns", "c1-mysql-0", "11111111-1111-1111-1111-111111111111", "node-0")


@pytest.fixture
def writes(harness):
    """Every write of an Event so far, in order: what it says and its count."""
    stream = harness.watch(EVENTS, "ns", harness.listing(EVENTS, "ns").revision)
    seen = []

    def writes():
        while (item := stream.take()) is not None:
            seen.append((item.object["message"], item.object["count"]))
        return seen

    return writes


@pytest.fixture
def attempts(faults, now):
    """The time of each write that reaches the faults, refused or not."""
    times = []

    def note(request, handler):
        if request.method in ("POST", "PUT"):
            times.append(now())
        return handler(request)

    faults.append(note)
    return times


@pytest.fixture
def refuse(attempts, faults):
    """From now on, refuse that many writes with this method."""
    del attempts  # it stands before the refusals, and so sees them

    return lambda method, times: faults.insert(0, Refuse(method, "", ServiceUnavailable("down"), times=times))


@pytest.fixture
def drive(clock):
    """Advance actors, and time, up to that many seconds from now; at the end it is that time."""

    def drive(actors, seconds=0.0):
        deadline = clock.micros() + int(seconds * SECOND)
        while waiting := [(due, actor) for actor in actors if (due := actor.due()) is not None]:
            due, actor = min(waiting, key=lambda pair: pair[0])
            if due > deadline:
                break
            clock.advance_to(due)
            actor.step()
        clock.advance_to(deadline)

    return drive


class Host:
    """Runs the fleet and what it starts."""

    def __init__(self):
        self.fleet = None
        self.agents = []

    def add(self, actor):
        self.agents.append(actor)

    def remove(self, actor):
        self.agents.remove(actor)

    def __iter__(self):
        return iter([self.fleet, *self.agents])


@pytest.fixture
def host():
    return Host()


WORKLOAD = Workload("c1", "mysql", 2)


@pytest.fixture
def pod(harness, release):
    """Create a Pod that runs, with that release's agent; it probes its role once a second."""

    def create(name="c1-mysql-0"):
        metadata = {"name": name, "namespace": "ns", "labels": {"workloads.kubeblocks.io/instance": "c1-mysql"}}
        spec = {"nodeName": "node-7", **containers(WORKLOAD, release)}
        made = harness.create(PODS, {"metadata": metadata, "spec": spec})
        return harness.patch(PODS, "ns", made["metadata"]["name"], {"status": {"phase": "Running"}}, "status")

    return create


@pytest.fixture
def release():
    """Whose agents they are; parametrize it."""
    return "main"


class Told:
    """A fleet, and what its databases are told through their ConfigMaps."""

    def __init__(self, fleet, harness):
        self._fleet = fleet
        self._harness = harness

    def answer(self, pod, output="primary", **conduct):
        self.tell(pod, Script(actions={"roleProbe": {"output": output, **conduct}}))

    def down(self, pod):
        self.tell(pod, Script(up=False))

    def tell(self, pod, script):
        data = {"data": {KEY: encode(script)}}
        try:
            self._harness.patch(CONFIG_MAPS, "ns", config_map_of(pod), data)
        except NotFound:
            metadata = {"name": config_map_of(pod), "namespace": "ns"}
            self._harness.create(CONFIG_MAPS, {"metadata": metadata, **data})
        self.settle()

    def settle(self):
        while self._fleet.due() is not None:
            self._fleet.step()

    def stop(self):
        self._fleet.stop()


@pytest.fixture
def fleet(transport, harness, clock, host, release):
    """Makes a fleet."""

    def make():
        host.fleet = Fleet(transport, clock, "ns", (Wires(), TalkingDisk()), (host, release))
        return Told(host.fleet, harness)

    return make


@pytest.fixture
def events(harness):
    """Every Event: the Pod it is about and its count."""
    return lambda: [(event["involvedObject"]["name"], event["count"]) for event in harness.list(EVENTS, "ns")]


@pytest.fixture
def honest():
    return HONEST


@pytest.fixture
def sender(client, identity, clock):
    return Sender(client, identity, clock, Kbagent())


HONEST = SimpleNamespace(late=0, twice=False)
"""An agent without bad habits."""


@pytest.fixture
def delivery(sender, clock):
    """Makes one of three attempts, 200 ms apart."""
    return lambda outcome=("roleProbe", "a message"): Delivery(outcome, (3, SECOND // 5), sender, clock)


@pytest.fixture
def deliver(delivery, clock):
    """Take every step, and wait where one must be waited for; what the last step says."""

    def deliver(given=None):
        each = given or delivery()
        while (result := each.step()) is None:
            clock.advance_to(each.due)
        return result

    return deliver


@pytest.fixture
def event(harness):
    """The Event that is there."""
    return lambda: harness.list(EVENTS, "ns")[0]


@pytest.fixture
def seen_once(deliver, event, clock):
    """The Event after its first delivery; a minute later."""
    deliver()
    clock.advance_to(clock.micros() + 60 * SECOND)
    return event()
