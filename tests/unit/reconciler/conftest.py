"""One reconciler of a release that reads the server itself: no caches, no queue, retries at once."""

import base64
import json
import zlib

import pytest

from live_cache import LiveCache
from pytest_kbevents.api import times
from pytest_kbevents.api.resources import EVENTS, INSTANCE_SETS, NAMESPACES, PODS
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.interceptor import Intercepted
from pytest_kbevents.clock import SECOND, SIMULATION_START, VirtualClock
from pytest_kbevents.cluster import crds
from pytest_kbevents.controller.recorder import EventRecorder
from pytest_kbevents.errors import ApiError, NoAnswer, NotFound
from pytest_kbevents.reconciler.manager import event_reconciler
from pytest_kbevents.reconciler.releases import TABLE

ROLE = "kubeblocks.io/role"
TIME = "apps.kubeblocks.io/last-role-snapshot-version"
EPOCH = "apps.kubeblocks.io/last-role-authoritative-version"
PEER_LABELS = {
    "app.kubernetes.io/managed-by": "kubeblocks",
    "workloads.kubeblocks.io/managed-by": "InstanceSet",
    "workloads.kubeblocks.io/instance": "c1-mysql",
}


def micros(seconds):
    """That many seconds after the world began, as annotations spell it."""
    return str(SIMULATION_START + int(seconds * SECOND))


def message(output, code=0):
    """What kbagent says of a probe."""
    encoded = base64.b64encode(output.encode()).decode()
    return json.dumps({"instance": "c1-mysql", "probe": "roleProbe", "code": code, "output": encoded})


class Bench:
    """InstanceSet c1-mysql with roles primary (exclusive), secondary, Witness; ``faults`` hit the reconciler alone."""

    def __init__(self, release):
        self.clock = clock = VirtualClock()
        server = Server(clock)
        self.client = Client(server, "test")
        self.faults = []
        crds.install(self.client)
        self.client.create(NAMESPACES, {"metadata": {"name": "ns"}})
        roles = [{"name": "primary", "isExclusive": True}, {"name": "secondary"}, {"name": "Witness"}]
        self.client.create(
            INSTANCE_SETS, {"metadata": {"name": "c1-mysql", "namespace": "ns"}, "spec": {"roles": roles}}
        )
        live = Client(Intercepted(server, self.faults), "event-controller")
        row, recorder = TABLE[release], EventRecorder(live, clock, "event-controller")
        self._reconciler = event_reconciler(LiveCache(live, "ns", row), live, clock, recorder, row)
        self._history = self.client.watch(PODS, "ns", "")

    def pod(self, name, role=None, *, time=None, epoch=None):
        """Create a Pod; ``time`` in seconds after the world began. Returns its uid."""
        labels = {**PEER_LABELS, **({ROLE: role} if role else {})}
        anchors = {TIME: None if time is None else micros(time), EPOCH: epoch}
        annotations = {key: value for key, value in anchors.items() if value is not None}
        spec = {"containers": [{"name": "database", "image": "database"}]}
        body = {
            "metadata": {"name": name, "namespace": "ns", "labels": labels, "annotations": annotations},
            "spec": spec,
        }
        return self.client.create(PODS, body)["metadata"]["uid"]

    def event(self, pod, text, at, **changed):
        """Create an Event of kbagent; ``at`` in seconds, None without eventTime. Returns its key."""
        name = f"{pod}.{zlib.crc32(text.encode()):x}"
        body = {
            "metadata": {"name": name, "namespace": "ns"},
            "involvedObject": {
                "kind": "Pod",
                "namespace": "ns",
                "name": pod,
                "uid": self.uid(pod),
                "fieldPath": changed.pop("fieldPath", "spec.containers{kbagent}"),
            },
            "reason": "roleProbe",
            "action": "roleProbe",
            "message": text,
            "count": 1,
            "reportingComponent": "kbagent",
            "reportingInstance": pod,
            **({} if at is None else {"eventTime": times.micro_time(int(micros(at)))}),
            **changed,
        }
        self.client.create(EVENTS, body)
        return "ns", name

    def reconcile(self, key, times=5):
        """Again and again while it fails, at most that often; says whether it succeeded."""
        for _ in range(times):
            try:
                self._reconciler.reconcile(key)
            except (ApiError, NoAnswer):
                continue
            return True
        return False

    def claim(self, pod, output, at, **changed):
        """A new Event, reconciled. Returns its key."""
        key = self.event(pod, message(output), at, **changed)
        self.reconcile(key)
        return key

    def repeat(self, key, at, **changed):
        """The Event once more, with its count grown, reconciled."""
        event = self.client.get(EVENTS, *key)
        moved = {"count": event["count"] + 1, "eventTime": times.micro_time(int(micros(at)))}
        self.client.update(EVENTS, {**event, **moved, **changed})
        self.reconcile(key)

    def annotate(self, resource, key, annotations):
        self.client.patch(resource, *key, {"metadata": {"annotations": annotations}})

    def label(self, pod, label, value):
        self.client.patch(PODS, "ns", pod, {"metadata": {"labels": {label: value}}})

    def read(self, key):
        return self.client.get(EVENTS, *key)

    def uid(self, pod):
        return self._metadata(PODS, "ns", pod)["uid"]

    def role(self, pod):
        return self._metadata(PODS, "ns", pod).get("labels", {}).get(ROLE)

    def time(self, pod):
        return self._metadata(PODS, "ns", pod).get("annotations", {}).get(TIME)

    def epoch(self, pod):
        return self._metadata(PODS, "ns", pod).get("annotations", {}).get(EPOCH)

    def mark(self, key, annotation="kubeblocks.io/event-handled"):
        return self._metadata(EVENTS, *key).get("annotations", {}).get(annotation)

    def holders(self, role="primary"):
        return [pod["metadata"]["name"] for pod in self.client.list(PODS, "ns", f"{ROLE}={role}")]

    def most_holders(self, role="primary"):
        """How many Pods had the role at once, at the worst revision so far."""
        worst, holding = 0, set()
        while (item := self._history.take()) is not None:
            metadata = item.object["metadata"]
            has = item.type != "DELETED" and metadata["labels"].get(ROLE) == role
            (holding.add if has else holding.discard)(metadata["name"])
            worst = max(worst, len(holding))
        return worst

    def _metadata(self, resource, namespace, name):
        try:
            return self.client.get(resource, namespace, name)["metadata"]
        except NotFound:
            return {}


@pytest.fixture
def bench():
    """Makes a bench of a release."""
    return Bench


@pytest.fixture
def seconds():
    """Seconds after the world began, as annotations spell the time."""
    return micros


@pytest.fixture
def probe_message():
    """What kbagent says of a probe with this output."""
    return message


LORRY = {"reason": "checkRole", "fieldPath": "spec.containers{lorry}", "reportingComponent": "lorry"}


@pytest.fixture
def old(bench):
    """Release 1.0.0 with one Pod that is secondary as of second 50."""
    old = bench("1.0.0")
    old.pod("c1-mysql-0", "secondary", time=50)
    return old


@pytest.fixture
def told(old):
    """Reconcile an Event of the Pod with this text; returns its key."""

    def tell(text, at=100, **changed):
        key = old.event("c1-mysql-0", text, at, **(LORRY | changed))
        old.reconcile(key)
        return key

    return tell


@pytest.fixture
def main(bench):
    return bench("main")


@pytest.fixture
def fixed(bench):
    return bench("fixed")
