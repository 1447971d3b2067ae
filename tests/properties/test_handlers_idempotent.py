"""availableProbe and task Events may come twice, and late: what they have done once they do not do again."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from live_cache import LiveCache
from pytest_kbevents.api import times
from pytest_kbevents.api.resources import (
    COMPONENT_DEFINITIONS,
    COMPONENTS,
    CONFIG_MAPS,
    EVENTS,
    INSTANCE_SETS,
    NAMESPACES,
    PODS,
)
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import SECOND, VirtualClock
from pytest_kbevents.cluster import crds
from pytest_kbevents.controller.recorder import EventRecorder
from pytest_kbevents.errors import ApiError, NotNow
from pytest_kbevents.reconciler.manager import event_reconciler
from pytest_kbevents.reconciler.releases import TABLE

NAMES = [f"c-{ordinal}" for ordinal in range(3)]
POLICY = {"withProbe": {"condition": {"majority": {"succeed": True}}}}

probes = st.fixed_dictionaries(
    {
        "reason": st.just("availableProbe"),
        "pod": st.sampled_from(NAMES),
        "age": st.integers(0, 9),
        "said": st.fixed_dictionaries({"instance": st.just("c"), "code": st.sampled_from([0, -1, "0"])}),
    }
)
tasks = st.fixed_dictionaries(
    {
        "reason": st.just("task"),
        "pod": st.sampled_from(NAMES),
        "age": st.integers(0, 9),
        "said": st.fixed_dictionaries(
            {
                "instance": st.just("c"),
                "task": st.sampled_from(["newReplica", "newReplica", "other"]),
                "UID": st.sampled_from(["1", "2"]),
                "replica": st.sampled_from([*NAMES, "c-9"]),
                "endTime": st.sampled_from(["0001-01-01T00:00:00Z", "2026-01-01T00:00:00Z"]),
                "code": st.sampled_from([0, -1]),
                "message": st.sampled_from(["", "boom"]),
            }
        ),
    }
)


class Bench:
    """Component c with three Pods that task "2" makes; the reconciler reads the server itself."""

    def __init__(self, release):
        self.clock = VirtualClock()
        self.client = Client(Server(self.clock), "event-controller")
        crds.install(self.client)
        self.client.create(NAMESPACES, {"metadata": {"name": "ns"}})
        self._create(COMPONENT_DEFINITIONS, "d", spec={"available": POLICY})
        done = {"status": {"observedGeneration": 1, "phase": "Available"}}
        self.client.patch(COMPONENT_DEFINITIONS, "", "d", done, "status")
        self._create(COMPONENTS, "c", spec={"compDef": "d", "replicas": 3})
        told = [{"name": name, "generation": "2", "dataLoaded": False} for name in NAMES]
        text = json.dumps({"replicas": 3, "status": told})
        annotations = {"apps.kubeblocks.io/replicas-status": text}
        self._create(INSTANCE_SETS, "c", annotations=annotations, spec={"replicas": 3})
        listed = [{"instance": "c", "task": "newReplica", "UID": "2", "replicas": ",".join(NAMES)}]
        self._create(CONFIG_MAPS, "c-env", data={"KB_AGENT_TASK": json.dumps(listed)})
        for name in NAMES:
            self._create(PODS, name, spec={"containers": [{"name": "database", "image": "database"}]})
        cache = LiveCache(self.client, "ns", TABLE[release])
        self._reconciler = event_reconciler(
            cache, self.client, self.clock, EventRecorder(self.client, self.clock, "event-controller"), TABLE[release]
        )
        self._count = 0

    def deliver(self, event):
        """A new Event, handled. Returns its key."""
        self._count += 1
        pod = self.client.get(PODS, "ns", event["pod"])["metadata"]
        involved = {"kind": "Pod", "namespace": "ns", "name": pod["name"], "uid": pod["uid"]}
        at = self.clock.micros() - event["age"] * SECOND
        body = {
            "metadata": {"name": f"e{self._count}", "namespace": "ns"},
            "involvedObject": {**involved, "fieldPath": "spec.containers{kbagent}"},
            "reason": event["reason"],
            "action": event["reason"],
            "message": json.dumps(event["said"]),
            "count": 1,
            "eventTime": times.micro_time(at),
            "lastTimestamp": times.time(at),
            "reportingComponent": "kbagent",
            "reportingInstance": pod["name"],
        }
        self.client.create(EVENTS, body)
        self._reconcile(("ns", f"e{self._count}"))
        return "ns", f"e{self._count}"

    def again(self, key):
        """The same Event as if it had never been marked."""
        self.client.patch(EVENTS, *key, {"metadata": {"annotations": None}})
        self._reconcile(key)

    def state(self):
        """All that handlers write, with the revisions of it."""
        found = ((COMPONENTS, "c"), (INSTANCE_SETS, "c"), (CONFIG_MAPS, "c-env"))
        return [self.client.get(resource, "ns", name) for resource, name in found]

    def _create(self, resource, name, annotations=None, **fields):
        place = {"namespace": "ns"} if resource.namespaced else {}
        metadata = {"name": name, **place, **({"annotations": annotations} if annotations else {})}
        self.client.create(resource, {"metadata": metadata, **fields})

    def _reconcile(self, key):
        try:
            self._reconciler.reconcile(key)
        except (ApiError, NotNow):
            return


quick = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("release", ["1.0.0", "1.1.0-beta.9", "main", "fixed"])
@quick
@given(events=st.lists(st.one_of(probes, tasks), min_size=1, max_size=8))
def test_an_event_that_is_delivered_twice_acts_once(release, events):
    bench = Bench(release)
    for event in events:
        key = bench.deliver(event)
        before = bench.state()
        bench.again(key)
        assert bench.state() == before


@quick
@given(events=st.lists(probes, min_size=1, max_size=8), order=st.randoms(use_true_random=False))
def test_fixed_judges_alike_whenever_a_probes_event_comes_again(events, order):
    bench = Bench("fixed")
    keys = [bench.deliver(event) for event in events]
    before = bench.state()
    order.shuffle(keys)
    for key in keys:
        bench.again(key)
    assert bench.state() == before


@quick
@given(
    events=st.lists(probes, max_size=8, unique_by=lambda event: event["pod"]), order=st.randoms(use_true_random=False)
)
def test_fixed_judges_alike_in_whatever_order_the_pods_report(events, order):
    def judged(arrived):
        bench = Bench("fixed")
        for event in arrived:
            bench.deliver(event)
        conditions = (bench.state()[0].get("status") or {}).get("conditions") or []
        return [(item["status"], item["reason"], item["message"]) for item in conditions]

    assert judged(events) == judged(order.sample(events, len(events)))


@quick
@given(events=st.lists(tasks, max_size=8), order=st.randoms(use_true_random=False))
def test_fixed_lets_no_event_undo_a_finished_task(events, order):
    bench = Bench("fixed")
    done = {"instance": "c", "task": "newReplica", "UID": "2", "endTime": "2026-01-01T00:00:00Z", "code": 0}
    keys = [bench.deliver(event) for event in events]
    keys += [
        bench.deliver({"reason": "task", "pod": name, "age": 0, "said": {**done, "replica": name}}) for name in NAMES
    ]
    before = bench.state()
    order.shuffle(keys)
    for key in keys:
        bench.again(key)
    assert bench.state() == before
