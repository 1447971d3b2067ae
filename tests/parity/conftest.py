"""A real world, as small as it can be: an embedded server and the event controller of a release, caches and all."""

import base64
import json
from collections import Counter

import pytest

from pytest_kbevents.api import times
from pytest_kbevents.api.resources import (
    COMPONENT_DEFINITIONS,
    COMPONENTS,
    CONFIG_MAPS,
    EVENTS,
    INSTANCE_SETS,
    INSTANCES,
    NAMESPACES,
    PODS,
)
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.interceptor import Intercepted
from pytest_kbevents.clock import SECOND, SIMULATION_START, VirtualClock
from pytest_kbevents.cluster import crds
from pytest_kbevents.errors import NotFound
from pytest_kbevents.reconciler.manager import event_controller

ROLE = "kubeblocks.io/role"
TIME = "apps.kubeblocks.io/last-role-snapshot-version"
EPOCH = "apps.kubeblocks.io/last-role-authoritative-version"
OWNED = {
    "app.kubernetes.io/managed-by": "kubeblocks",
    "app.kubernetes.io/instance": "c1",
    "apps.kubeblocks.io/component-name": "mysql",
    "workloads.kubeblocks.io/managed-by": "InstanceSet",
    "workloads.kubeblocks.io/instance": "c1-mysql",
}
ROLES = [{"name": "primary", "isExclusive": True}, {"name": "secondary"}, {"name": "Witness"}]


def micros(seconds):
    """That many seconds after the world began, as annotations spell it; None is Go's zero time."""
    return str(times.ZERO_MICROS if seconds is None else SIMULATION_START + int(seconds * SECOND))


class World:
    """Component, InstanceSet and Instance c1-mysql with roles primary (exclusive), secondary and Witness; no Pods."""

    def __init__(self, release):
        self._clock = VirtualClock(SIMULATION_START + 1000 * SECOND)  # Events are of the past
        server = Server(self._clock)
        self._client = Client(server, "test")
        crds.install(self._client)
        self._client.create(NAMESPACES, {"metadata": {"name": "ns"}})
        for resource in (COMPONENTS, INSTANCE_SETS, INSTANCES):
            metadata = {"name": "c1-mysql", "namespace": "ns"}
            self._client.create(resource, {"metadata": metadata, "spec": {"roles": ROLES}})
        self.faults = []
        """What stands between the controller and the server; put interceptors in."""
        self.audit = server.audit
        self._transport = Intercepted(server, self.faults)
        self._controller = event_controller(self._transport, self._clock, "ns", release)
        self.taken = Counter()
        """How many steps each actor of the controller has taken."""

    def settle(self, seconds=5, without=None):
        """Let the controller go on until nothing is due any more, or only retries later than that; ``without`` is an
        actor that is slow meanwhile.
        """
        deadline = self._clock.micros() + seconds * SECOND
        actors = [actor for actor in self._controller.actors() if actor.name != without]
        while waiting := [(due, actor) for actor in actors if (due := actor.due()) is not None]:
            due, actor = min(waiting, key=lambda pair: pair[0])
            if due > deadline:
                return
            self._clock.advance_to(due)
            self.taken[actor.name] += 1
            actor.step()

    def pod(self, name="c1-mysql-0", *, role=None, time=None, epoch=None, labels=OWNED, owners=()):
        """Create a Pod; ``time`` is a number of seconds after the world began, or the annotation's text."""
        stamp = micros(time) if isinstance(time, int) else time
        annotations = {key: value for key, value in {TIME: stamp, EPOCH: epoch}.items() if value is not None}
        metadata = {
            "name": name,
            "namespace": "ns",
            "labels": {**labels, **({} if role is None else {ROLE: role})},
            "annotations": annotations,
            "ownerReferences": list(owners),
        }
        self._client.create(
            PODS, {"metadata": metadata, "spec": {"containers": [{"name": "database", "image": "database"}]}}
        )

    def report(self, output=b"primary", at=100, *, pod="c1-mysql-0", **changed):
        """Create or repeat kbagent's Event of this output, or of the whole ``message``; returns its key."""
        code, uid = changed.pop("code", 0), changed.pop("uid", None)
        field_path = changed.pop("fieldPath", "spec.containers{kbagent}")
        encoded = base64.b64encode(output).decode()
        text = json.dumps({"instance": "c1-mysql", "probe": "roleProbe", "code": code, "output": encoded})
        involved = {"kind": "Pod", "namespace": "ns", "name": pod, "uid": self._uid(pod) if uid is None else uid}
        event = {
            "involvedObject": {**involved, "fieldPath": field_path},
            "reason": "roleProbe",
            "action": "roleProbe",
            "message": text,
            "count": 1,
            "reportingComponent": "kbagent",
            "reportingInstance": pod,
            **({} if at is None else {"eventTime": times.micro_time(int(micros(at)))}),
            **changed,
        }
        key = "ns", f"{pod}.{len(self._client.list(EVENTS, 'ns'))}"
        self._client.create(EVENTS, {"metadata": {"name": key[1], "namespace": "ns"}, **event})
        return key

    def delete(self, resource, name="c1-mysql"):
        self._client.delete(resource, "ns", name)

    def seen(self, pod="c1-mysql-0"):
        """Label, time and version of a Pod; None when there is no such Pod."""
        try:
            metadata = self._client.get(PODS, "ns", pod)["metadata"]
        except NotFound:
            return None
        annotations = metadata.get("annotations") or {}
        return (metadata.get("labels") or {}).get(ROLE), annotations.get(TIME), annotations.get(EPOCH)

    def puts(self):
        """How often the controller wrote a Pod."""
        return sum(entry.method == "PUT" and entry.user_agent == "event-controller" for entry in self.audit.entries)

    def marked(self, key):
        """The Event's mark."""
        annotations = self._client.get(EVENTS, *key)["metadata"].get("annotations") or {}
        return annotations.get("kubeblocks.io/event-handled")

    def warnings(self):
        """What was recorded about the Component."""
        return [event for event in self._client.list(EVENTS, "ns") if event.get("type") == "Warning"]

    def _uid(self, pod):
        try:
            return self._client.get(PODS, "ns", pod)["metadata"]["uid"]
        except NotFound:
            return "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def world():
    """Makes a world of a release."""
    return World


@pytest.fixture
def stamp():
    """Seconds after the world began, as annotations spell the time."""
    return micros


class ComponentWorld(World):
    """The same with a Pod c1-mysql-<n> a replica, a ComponentDefinition that is available, and the agents' ConfigMap.

    Times are seconds from the moment the world is made.
    """

    def __init__(self, release, *, replicas=1, available=None, probe=None, component=None, workload=None):
        super().__init__(release)
        self.begun = self._clock.micros()
        actions = {} if probe is None else {"lifecycleActions": {"availableProbe": probe}}
        spec = {**actions, **({} if available is None else {"available": available})}
        self._client.create(COMPONENT_DEFINITIONS, {"metadata": {"name": "mysql"}, "spec": spec})
        self.define(phase="Available", observedGeneration=1)
        own = {"compDef": "mysql", "replicas": replicas, **(component or {})}
        self._client.patch(COMPONENTS, "ns", "c1-mysql", {"spec": own})
        self._client.patch(INSTANCE_SETS, "ns", "c1-mysql", {"spec": {"replicas": replicas, **(workload or {})}})
        self._client.create(CONFIG_MAPS, {"metadata": {"name": "c1-mysql-env", "namespace": "ns"}})
        for ordinal in range(replicas):
            self.pod(f"c1-mysql-{ordinal}")

    def define(self, **status):
        """Set the ComponentDefinition's status."""
        self._client.patch(COMPONENT_DEFINITIONS, "", "mysql", {"status": status}, "status")

    def now(self):
        return (self._clock.micros() - self.begun) / SECOND

    def wait(self, seconds):
        """Let the world go on for so long."""
        until = self._clock.micros() + int(seconds * SECOND)
        self.settle(seconds)
        self._clock.advance_to(until)

    def probe(self, code=0, output=b"", *, pod="c1-mysql-0", text="", at=None, **changed):
        """kbagent's availableProbe Event as of now, or of ``at``; returns its key."""
        said = {"instance": "c1-mysql", "probe": "availableProbe", "code": code}
        said |= {"output": base64.b64encode(output).decode()} if output else {}
        said |= {"message": text} if text else {}
        at = self._absolute(self.now() if at is None else at)
        whole = {"message": json.dumps(said), "lastTimestamp": times.time(int(micros(at)))}
        whole |= {"reason": "availableProbe", "action": "availableProbe"}
        return self.report(pod=pod, at=at, **{**whole, **changed})

    def task(self, *, replica="c1-mysql-1", end="2026-01-01T00:00:00Z", at=None, pod="c1-mysql-0", **changed):
        """kbagent's task Event as of now, finished unless ``end`` is Go's zero time; returns its key."""
        fields = ("instance", "task", "UID", "startTime", "code", "message")
        said = {"instance": "c1-mysql", "task": "newReplica", "UID": "2", "replica": replica, "endTime": end, "code": 0}
        said |= {key: changed.pop(key) for key in fields if key in changed}
        whole = {"message": json.dumps(said), **({"message": changed.pop("raw")} if "raw" in changed else {})}
        whole |= {"reason": "task", "action": "task"}
        at = self._absolute(self.now() if at is None else at)
        return self.report(pod=pod, at=at, **{**whole, **changed})

    def repeat(self, key):
        """kbagent says the same again: the count and eventTime move, and nothing else."""
        count = self._client.get(EVENTS, *key)["count"] + 1
        self._client.patch(EVENTS, *key, {"count": count, "eventTime": times.micro_time(self._clock.micros())})

    def bump(self, key):
        """The count moves, and the Event is handled anew."""
        count = self._client.get(EVENTS, *key)["count"] + 1
        self._client.patch(EVENTS, *key, {"count": count})

    def at_once(self):
        """Every worker takes one key before any of them sees what another has written; then the world goes on."""
        informers = [actor for actor in self._controller.actors() if actor.name.startswith("informer")]
        while ready := [actor for actor in informers if actor.due() is not None]:
            ready[0].step()
        for worker in self._controller.actors()[len(informers) :]:
            worker.step()
        self.settle(1)

    def restart(self, release, after):
        """The controller ends, and another one starts so many seconds later."""
        self._controller.stop()
        self._clock.advance_to(self._clock.micros() + after * SECOND)
        self._controller = event_controller(self._transport, self._clock, "ns", release)
        self.settle(1)

    def before_write(self, plural, act):
        """Do something just before the controller's next write of that kind."""
        waiting = [act]

        def meanwhile(request, handler):
            if waiting and request.method in ("PUT", "PATCH") and f"/{plural}/" in request.path:
                waiting.pop()()
            return handler(request)

        self.faults.append(meanwhile)

    def replace_condition(self, condition):
        """Another controller writes its condition of the Component, over what is there now."""
        others = [item for item in self._status().get("conditions") or () if item["type"] != condition["type"]]
        self.patch(COMPONENTS, {"status": {"conditions": [*others, condition]}}, "status")

    def reason_of(self, type_):
        """The reason of a condition of the Component."""
        return next(item["reason"] for item in self._status()["conditions"] if item["type"] == type_)

    def looks(self):
        """How often the reconciler of Components had something to do: the last one's worker."""
        return self.taken[self._controller.actors()[-1].name]

    def told(self, reason):
        """How often the controller recorded something by that reason."""
        return sum(event["count"] for event in self._client.list(EVENTS, "ns") if event["reason"] == reason)

    def condition(self):
        """Status, reason and message of the Component's condition Available; None when there is none."""
        found = [item for item in self._status().get("conditions") or () if item["type"] == "Available"]
        return tuple(found[0][key] for key in ("status", "reason", "message")) if found else None

    def kept(self):
        """The results that the Component's status keeps, as text; None when it keeps none."""
        return (self._status().get("message") or {}).get("Event/available-probe")

    def tasks(self):
        """KB_AGENT_TASK as text; None when there is none."""
        return self.environment().get("KB_AGENT_TASK")

    def environment(self):
        """The data of the agents' ConfigMap."""
        return self._found(CONFIG_MAPS, "c1-mysql-env").get("data") or {}

    def status_of_replicas(self):
        """The InstanceSet's annotation as text; None when there is none."""
        annotations = self._found(INSTANCE_SETS, "c1-mysql").get("metadata", {}).get("annotations") or {}
        return annotations.get("apps.kubeblocks.io/replicas-status")

    def take_away(self, what):
        """Delete what is called c1-mysql, or the definition, or the first Pod."""
        if what == "pod":
            self._client.delete(PODS, "ns", "c1-mysql-0", grace=0)
        elif what == CONFIG_MAPS:
            self.delete(what, "c1-mysql-env")
        elif what == COMPONENT_DEFINITIONS:
            self._client.delete(what, "", "mysql")
        else:
            self.delete(what)

    def create_config_map(self, fields):
        """The agents' ConfigMap, once more."""
        self._client.create(CONFIG_MAPS, {"metadata": {"name": "c1-mysql-env", "namespace": "ns"}, **fields})

    def create_instance_set(self, fields):
        """The InstanceSet, once more."""
        metadata = {"name": "c1-mysql", "namespace": "ns", **fields["metadata"]}
        self._client.create(INSTANCE_SETS, {"metadata": metadata, "spec": {"replicas": 4}})

    def pod_if_missing(self, name):
        if self.seen(name) is None:
            self.pod(name)

    def patch(self, resource, patch, subresource=""):
        """Somebody else writes to the object c1-mysql, or to the agents' ConfigMap."""
        name = "c1-mysql-env" if resource == CONFIG_MAPS else "c1-mysql"
        self._client.patch(resource, "ns", name, patch, subresource)

    def recorded(self):
        """Reason and text of each Event that the controller recorded, in the order of their names."""
        own = [event for event in self._client.list(EVENTS, "ns") if event.get("reportingComponent") != "kbagent"]
        return [(event["reason"], event["message"]) for event in own]

    def requests(self, method, plural):
        """How often the controller asked that of a kind."""
        asked = [entry for entry in self.audit.entries if entry.user_agent == "event-controller"]
        return sum(entry.method == method and f"/{plural}" in entry.path for entry in asked)

    def _absolute(self, at):
        return at + (self.begun - SIMULATION_START) / SECOND

    def _status(self):
        return self._found(COMPONENTS, "c1-mysql").get("status") or {}

    def _found(self, resource, name):
        try:
            return self._client.get(resource, "ns", name)
        except NotFound:
            return {}


@pytest.fixture
def component_world():
    """Makes a world of a release around a Component."""
    return ComponentWorld
