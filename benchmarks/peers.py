"""What a test of an external controller costs, beside its peers: ``python benchmarks/peers.py``.

On one kube-apiserver (KUBEBUILDER_ASSETS) with the event controller as a process of its own: copies of a hand-over (two
Pods, two Events, the label moves, the old one is stripped). Ours is a whole ``pytest`` run, one at a time and with
``-n 4``; the floor is a bare client with a watch; chainsaw and kuttl run where they are on PATH.

Then: in how many tries a state is seen that lasts 5 ms.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from pytest_kbevents.agent.sending import event
from pytest_kbevents.agent.sending.event import Identity
from pytest_kbevents.agent.sending.message import encode
from pytest_kbevents.api.messages import ProbeMessage
from pytest_kbevents.api.names import ROLE_LABEL, ROLE_PROBE
from pytest_kbevents.api.objects import labels_of, name_of, uid_of
from pytest_kbevents.api.resources import EVENTS, INSTANCE_SETS, NAMESPACES, PODS
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.clock import WallClock
from pytest_kbevents.cluster.envtest import Envtest
from pytest_kbevents.environment.manifests import pod_labels
from pytest_kbevents.environment.workload import Role, Workload

WORKLOAD = Workload("c1", "mysql", 2, [Role("primary", exclusive=True), Role("secondary")])
HAND_OVER = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: hand-over}
spec:
  description: The primary is another Pod; the label moves, the old one is stripped.
  matrix: {copy: COPIES}
  cluster: {component: mysql, replicas: 2, roles: [{name: primary, exclusive: true}, {name: secondary}]}
  steps:
  - event: {template: roleProbe, pod: "{{ pod(0) }}", role: primary}
  - expect: {pod: "{{ pod(0) }}", role: primary, within: 20s}
  - event: {template: roleProbe, pod: "{{ pod(1) }}", role: primary}
  - expect: {pod: "{{ pod(1) }}", role: primary, within: 20s}
  - expect: {pod: "{{ pod(0) }}", role: null, within: 20s}
"""
BRIEF = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: brief}
spec:
  description: What lasts 5 ms is seen.
  matrix: {copy: COPIES}
  cluster: {component: mysql, replicas: 1}
  steps:
  - parallel:
    - - run: {command: [BRIEFLY, "{{ pod(0) }}"]}
    - - expect: {object: {kind: Pod, name: "{{ pod(0) }}"}, matches: {metadata: {labels: {brief: "yes"}}}, within: 20s}
"""
FLOOR_AT_ONCE = 8
LASTS = 0.005
"""Seconds."""


class Floor:
    """A bare client with one watch: what any test of this has to ask."""

    def __init__(self, kubeconfig: Path) -> None:
        self._kubeconfig = str(kubeconfig)
        self.waits: list[float] = []

    def hand_over(self, number: int) -> None:
        """One of them, with 8 requests."""
        changed = threading.Event()
        transport = HttpTransport(self._kubeconfig, changed.set)
        client = Client(transport, "floor")
        namespace = f"floor-{os.getpid()}-{number}"
        revision = client.create(NAMESPACES, {"metadata": {"name": namespace}})["metadata"]["resourceVersion"]
        metadata = {"name": WORKLOAD.name, "namespace": namespace}
        spec = {"replicas": 2, "roles": [{"name": "primary", "isExclusive": True}, {"name": "secondary"}]}
        client.create(INSTANCE_SETS, {"metadata": metadata, "spec": spec})
        pods = [client.create(PODS, _pod(namespace, name)) for name in WORKLOAD.pods]
        watch = client.watch(PODS, namespace, revision)
        roles: dict[str, str | None] = {}

        def until(wanted: dict[str, str | None]) -> None:
            begun = perf_counter()
            while not wanted.items() <= roles.items():
                while (item := watch.take()) is not None:
                    roles[name_of(item.object)] = labels_of(item.object).get(ROLE_LABEL)
                if not wanted.items() <= roles.items():
                    changed.wait(1)
                    changed.clear()
            self.waits.append(perf_counter() - begun)

        first, second = WORKLOAD.pods
        client.create(EVENTS, _claim(namespace, pods[0]))
        until({first: "primary"})
        client.create(EVENTS, _claim(namespace, pods[1]))
        until({second: "primary", first: None})
        client.delete(NAMESPACES, "", namespace)
        watch.close()
        transport.close()


def _pod(namespace: str, name: str) -> dict[str, Any]:
    metadata = {"name": name, "namespace": namespace, "labels": pod_labels(WORKLOAD)}
    return {"metadata": metadata, "spec": {"containers": [{"name": "kbagent", "image": "kbagent"}]}}


def _claim(namespace: str, pod: Any) -> dict[str, Any]:
    identity = Identity(namespace, name_of(pod), uid_of(pod), "node")
    message = encode(ProbeMessage(WORKLOAD.name, ROLE_PROBE, 0, b"primary", ""))
    return event.first(identity, ROLE_PROBE, message, WallClock().micros())


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


class Ours:
    """``pytest``, as a user starts it."""

    def __init__(self, kubeconfig: Path, folder: Path) -> None:
        self._kubeconfig = kubeconfig
        self._folder = folder
        self._environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        """Users have compiled modules."""

    def run(self, text: str, copies: int, *more: str) -> None:
        """All copies of a scenario; each must pass."""
        file = self._folder / "copies.yaml"
        file.write_text(text.replace("COPIES", str(list(range(copies)))), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--kb-cluster", "kubeconfig"]
        where = ["--kb-kubeconfig", str(self._kubeconfig), "--kb-controller", "external", "--kb-release", "fixed"]
        done = subprocess.run(
            [*command, *where, "--kb-scenario", str(file), *more],
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or f"{copies} passed" not in done.stdout:
            raise SystemExit(done.stdout + done.stderr)

    def waits(self) -> list[float]:
        """Seconds from an Event to the assertion's success, of the runs that a report was written of."""
        found = []
        for file in (self._folder / "report").glob("*.verdict.json"):
            steps = json.loads(file.read_text(encoding="utf-8"))["steps"]
            found += [(steps[at + 1]["ended"] - steps[at]["begun"]) / 1e6 for at in (0, 2)]
        return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=100)
    copies = parser.parse_args().copies
    backend = Envtest()
    backend.start()
    program = "from pytest_kbevents.cli import main; raise SystemExit(main())"
    command = [sys.executable, "-c", program, "controller", "--kubeconfig", str(backend.kubeconfig)]
    controller = subprocess.Popen([*command, "--release", "fixed"], stderr=subprocess.DEVNULL)
    try:
        with tempfile.TemporaryDirectory() as folder:
            measure(backend, Path(folder), copies)
    finally:
        controller.terminate()
        controller.wait()
        backend.stop()


def measure(backend: Envtest, folder: Path, copies: int) -> None:
    """All rows."""
    floor, ours = Floor(backend.kubeconfig), Ours(backend.kubeconfig, folder)
    floor.hand_over(-1)  # the controller is up
    floor.waits.clear()
    one = timed(lambda: [floor.hand_over(number) for number in range(copies)])
    waits = statistics.median(floor.waits)
    with ThreadPoolExecutor(FLOOR_AT_ONCE) as pool:
        many = timed(lambda: list(pool.map(floor.hand_over, range(copies, 2 * copies))))
    print(f"{copies} hand-overs on one kube-apiserver, external controller:")
    row("a bare watch client (the floor)", one, many, waits, 8)
    ours.run(HAND_OVER, 1)  # what is installed is compiled now
    before = asked(backend)
    alone = timed(lambda: ours.run(HAND_OVER, copies))
    requests = (asked(backend) - before) / copies
    four = timed(lambda: ours.run(HAND_OVER, copies, "-n", "4"))
    ours.run(HAND_OVER, 10, "--kb-report", "report", "--kb-keep", "never")
    row("pytest --kb-cluster kubeconfig", alone, four, statistics.median(ours.waits()), requests)
    print(f"  of the floor: {alone / one:.1f} times one at a time, {four / many:.1f} times at once")
    print("  aims: 15 s, 6 s, 15 ms, 10 requests")
    for name in ("chainsaw", "kubectl-kuttl"):
        if shutil.which(name) is None:
            print(f"{name:34} not on PATH")
    brief(backend, ours, folder, copies)


def row(name: str, one: float, many: float, wait: float, requests: float) -> None:
    """A line of the table."""
    print(f"{name:34} {one:6.1f} s  {many:6.1f} s  {1000 * wait:6.1f} ms  {requests:5.1f} requests a test")


def asked(backend: Envtest) -> int:
    """How many requests the API server has answered to the harness."""
    sleep(1)  # the audit log is written late
    entries = backend.site("count", 0, lambda: None).audit.entries
    return sum(entry.user_agent.startswith(("kbevents", "fleet")) for entry in entries)


def brief(backend: Envtest, ours: Ours, folder: Path, copies: int) -> None:
    """A label that another process sets for 5 ms."""
    program = folder / "briefly"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        f"from peers import briefly\nbriefly({str(backend.kubeconfig)!r}, sys.argv[1])\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    ours.run(BRIEF.replace("BRIEFLY", str(program)), copies, "--kb-allow-commands", "-n", "4")
    print(f"a state of {1000 * LASTS:g} ms: seen in {copies} of {copies} tries")


def briefly(kubeconfig: str, pod: str) -> None:
    """In a process of its own: the label is there, and 5 ms later it is not."""
    transport = HttpTransport(kubeconfig, lambda: None)
    client = Client(transport, "somebody")
    namespace = os.environ["KB_NAMESPACE"]
    client.patch(PODS, namespace, pod, {"metadata": {"labels": {"brief": "yes"}}})
    sleep(LASTS)
    client.patch(PODS, namespace, pod, {"metadata": {"labels": {"brief": None}}})
    transport.close()


if __name__ == "__main__":
    main()
