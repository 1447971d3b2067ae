"""What the event controller costs: ``python benchmarks/controller.py [--manager COMMAND] [--events N]``.

In process, stepped: CPU time for an Event, by how many there are. On one kube-apiserver and etcd (KUBEBUILDER_ASSETS),
as a process (``kbevents controller``): a backlog of 2,000 role Events of 100 Pods, in Events a second from the first
mark to the last; then single Events, from the answer to their POST to the label's arrival in a watch. Their peer is a
bare client that writes the label as soon as its POST is answered: no controller can be faster. ``--manager`` runs that
command, with KUBECONFIG set, on the same API server after ours: the KubeBlocks manager, whose figures are shown as
known from elsewhere where no command is given.
"""

from __future__ import annotations

import argparse
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, process_time
from typing import Any

from pytest_kbevents.agent.sending import event as agent_event
from pytest_kbevents.agent.sending.event import Identity
from pytest_kbevents.agent.sending.message import encode
from pytest_kbevents.api.messages import ProbeMessage
from pytest_kbevents.api.names import HANDLED_ANNOTATION, ROLE_LABEL
from pytest_kbevents.api.objects import annotations_of, labels_of, name_of, uid_of, with_label
from pytest_kbevents.api.resources import EVENTS, INSTANCE_SETS, NAMESPACES, PODS
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.follower import Follower
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.clock import SECOND, VirtualClock, WallClock
from pytest_kbevents.cluster.embedded import Embedded
from pytest_kbevents.cluster.envtest import Envtest
from pytest_kbevents.environment.manifests import pod_labels
from pytest_kbevents.environment.workload import Role, Workload
from pytest_kbevents.reconciler.manager import event_controller

KBEVENTS = str(Path(sys.executable).with_name("kbevents"))
REPLICAS = 100
ROLES = ("follower", "learner")
SINGLE = 300
PATIENCE = 300
SIZES = (10, 100, 1_000, 10_000)
KNOWN = "140 (168 without its client's limit)", "4.2", "10.2"
"""What was measured of the manager of main on a machine like this one: Events a second, p50 and p99 in milliseconds."""
WORKLOAD = Workload("c1", "mysql", REPLICAS, [Role(role) for role in ROLES], {})


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one controller."""

    rate: float
    p50: float
    p99: float
    cpu: float
    """Seconds of CPU for an Event of the backlog, in milliseconds; of the controller's process alone."""


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description="What the event controller costs.")
    parser.add_argument("--manager", metavar="COMMAND", help="the KubeBlocks manager, run with KUBECONFIG set")
    parser.add_argument("--events", type=int, default=2_000, help="of the backlog")
    options = parser.parse_args()
    stepped()
    if os.environ.get("KUBEBUILDER_ASSETS"):
        against_a_real_server(options.events, options.manager)
    else:
        print("no KUBEBUILDER_ASSETS: nothing to run against (see tools/assets.py)")


def stepped() -> None:
    """Ours in process on virtual time."""
    print("in process, stepped, release fixed: CPU for an Event by how many there are")
    for size in SIZES:
        print(f"  {size:9,} Events {micros_an_event(size):10.0f} us each")


def micros_an_event(size: int) -> float:
    """Create them, let the controller handle all, and look only at what that costs; the median of some rounds."""
    costs = []
    for seed in range(3 if size < SIZES[-1] else 1):
        site = Embedded().site("bench", seed, wake=lambda: None)
        client, clock = Client(site.transport, "bench"), site.clock
        assert isinstance(clock, VirtualClock)
        identities = populate(client, "bench")
        manager = event_controller(site.transport, clock, "bench", "fixed", workers=4)
        settle(manager.actors(), clock)
        clock.advance_to(clock.micros() + size * SECOND)
        for number in range(size):
            create(client, identities[number % REPLICAS], number, clock.micros() - (size - number) * 1000)
        begun = process_time()
        settle(manager.actors(), clock)
        costs.append((process_time() - begun) / size * 1e6)
        unmarked = [each for each in client.list(EVENTS, "bench") if not annotations_of(each).get(HANDLED_ANNOTATION)]
        assert not unmarked, "every Event is handled"
    return statistics.median(costs)


def settle(actors: list[Any], clock: VirtualClock) -> None:
    """Until nothing is due now."""
    while ready := [actor for actor in actors if (due := actor.due()) is not None and due <= clock.micros()]:
        for actor in ready:
            actor.step()


def against_a_real_server(events: int, manager: str | None) -> None:
    """Ours, in two releases, and the manager, one after the other."""
    contenders: dict[str, list[str]] = {
        f"ours, {release}": [KBEVENTS, "controller", "--release", release] for release in ("fixed", "main")
    }
    if manager:
        contenders["manager"] = shlex.split(manager)
    print(f"\non one kube-apiserver: {events:,} role Events of {REPLICAS} Pods, then {SINGLE} single ones")
    print(f"  {'':14}{'Events/s':>12}{'p50 ms':>10}{'p99 ms':>10}{'CPU ms each':>13}")
    backend = Envtest()
    backend.start()
    try:
        p50, p99 = floor(backend, "bench-floor")
        print(f"  {'bare client':14}{'':>12}{p50:10.1f}{p99:10.1f}", flush=True)
        for number, (name, command) in enumerate(contenders.items()):
            found = measured(backend, f"bench-{number}", command, events)
            print(f"  {name:14}{found.rate:12.0f}{found.p50:10.1f}{found.p99:10.1f}{found.cpu:13.2f}", flush=True)
    finally:
        backend.stop()
    if not manager:
        print(f"  {'manager, known':14} {KNOWN[0]} Events/s, p50 {KNOWN[1]} ms, p99 {KNOWN[2]} ms")


def measured(backend: Envtest, namespace: str, command: list[str], events: int) -> Figures:
    """Backlog first, single Events after it, in a namespace of their own."""
    news = threading.Event()
    transport = HttpTransport(str(backend.kubeconfig), news.set)
    client, clock = Client(transport, "bench"), WallClock()
    identities = populate(client, namespace)
    begun = clock.micros() - events * 1000
    for number in range(events):
        create(client, identities[number % REPLICAS], number, begun + number * 1000)
    marks = Follower(client, EVENTS, namespace, client.listing(EVENTS, namespace).revision)
    labels = Follower(client, PODS, namespace, client.listing(PODS, namespace).revision)
    try:
        with running(command, backend.kubeconfig) as process:
            rate = backlog(marks, news, events)
            cpu = cpu_seconds(process) / events * 1000
            singles = [single(client, (labels, marks), news, (identities, events + n, clock)) for n in range(SINGLE)]
    finally:
        marks.close()
        labels.close()
        transport.close()
    return Figures(rate, *percentiles(singles), cpu)


def floor(backend: Envtest, namespace: str) -> tuple[float, float]:
    """p50 and p99 of the bare client, in milliseconds."""
    news = threading.Event()
    transport = HttpTransport(str(backend.kubeconfig), news.set)
    client, clock = Client(transport, "bench"), WallClock()
    identities = populate(client, namespace)
    pods = {name_of(pod): pod for pod in client.list(PODS, namespace)}
    labels = Follower(client, PODS, namespace, client.listing(PODS, namespace).revision)
    latencies = []
    for number in range(SINGLE):
        pod = identities[number % REPLICAS].pod
        role = create(client, identities[number % REPLICAS], number, clock.micros())
        begun = monotonic()
        pods[pod] = client.update(PODS, with_label(pods[pod], ROLE_LABEL, role))
        next(item for item in items(labels, news) if name_of(item) == pod and labels_of(item).get(ROLE_LABEL) == role)
        latencies.append((monotonic() - begun) * 1000)
    labels.close()
    transport.close()
    return percentiles(latencies)


def percentiles(latencies: list[float]) -> tuple[float, float]:
    """The median, and what one in a hundred exceeds."""
    ordered = sorted(latencies)
    return ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100]


def backlog(marks: Follower, news: threading.Event, events: int) -> float:
    """Events a second from the first mark to the last."""
    marked: set[str] = set()
    first = last = 0.0
    for item in items(marks, news):
        if annotations_of(item).get(HANDLED_ANNOTATION):
            marked.add(name_of(item))
            last = monotonic()
            first = first or last
        if len(marked) == events:
            return (events - 1) / (last - first)
    raise TimeoutError(f"{len(marked)} of {events} Events were marked")


def single(
    client: Client,
    watches: tuple[Follower, Follower],
    news: threading.Event,
    what: tuple[list[Identity], int, Any],
) -> float:
    """Milliseconds from the answer to the Event's POST to the label's arrival. Ends once the Event is marked."""
    identities, number, clock = what
    labels, marks = watches
    identity = identities[number % REPLICAS]
    role = create(client, identity, number, clock.micros())
    begun = monotonic()
    for item in items(labels, news):
        if name_of(item) == identity.pod and labels_of(item).get(ROLE_LABEL) == role:
            took = (monotonic() - begun) * 1000
            next(each for each in items(marks, news) if annotations_of(each).get(HANDLED_ANNOTATION))
            return took
    raise TimeoutError(f"{identity.pod} did not become {role}")


def items(follower: Follower, news: threading.Event) -> Iterator[Any]:
    """Objects of a watch as they come, until patience is over."""
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline:
        news.clear()
        while follower.ready():
            item = follower.take()
            if item is not None:
                yield item.object
        news.wait(1)


def populate(client: Client, namespace: str) -> list[Identity]:
    """An InstanceSet and its Pods, without roles."""
    client.create(NAMESPACES, {"metadata": {"name": namespace}})
    roles = [{"name": role} for role in ROLES]
    metadata = {"name": WORKLOAD.name, "namespace": namespace}
    client.create(INSTANCE_SETS, {"metadata": metadata, "spec": {"replicas": REPLICAS, "roles": roles}})
    made = []
    for name in WORKLOAD.pods:
        pod = {
            "metadata": {"name": name, "namespace": namespace, "labels": pod_labels(WORKLOAD)},
            "spec": {"containers": [{"name": "database", "image": "database"}]},
        }
        made.append(Identity(namespace, name, uid_of(client.create(PODS, pod)), "node"))
    return made


def create(client: Client, identity: Identity, number: int, micros: int) -> str:
    """A new Event of the Pod, another role each time; returns the role."""
    role = ROLES[number // REPLICAS % 2]
    message = encode(ProbeMessage(WORKLOAD.name, "roleProbe", 0, role.encode()))
    made = agent_event.first(identity, "roleProbe", message, micros)
    client.create(EVENTS, {**made, "metadata": {**made["metadata"], "name": f"{number:06}.{identity.pod}"}})
    return role


@contextmanager
def running(command: list[str], kubeconfig: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The controller's process."""
    ours = [*command, "--kubeconfig", str(kubeconfig)] if command[0] == KBEVENTS else command
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(ours, env={**os.environ, "KUBECONFIG": str(kubeconfig)}, stdout=log, stderr=log)
        try:
            yield process
        except TimeoutError:
            log.seek(0)
            sys.stderr.write(log.read()[-4000:].decode("utf-8", "replace"))
            raise
        finally:
            process.terminate()
            process.wait(30)


def cpu_seconds(process: subprocess.Popen[bytes]) -> float:
    """User and system time of a process so far (Linux)."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
