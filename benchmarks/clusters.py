"""What a run on a kind cluster takes, and how much of it is ours: ``python benchmarks/clusters.py``.

Needs Docker, kind and kubectl (tools/kind-node) and pytest-kind. Cold: until the cluster answers. Warm: opening a
world, beside a bare client that creates the very same objects and waits for the same things; then a whole ``pytest``
run of failover, from the command to the verdict. Medians.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from rounds import rounds

from pytest_kbevents.api.http import Request
from pytest_kbevents.api.mergepatch import apply
from pytest_kbevents.api.names import INSTANCE_SET_LABEL, LEASE
from pytest_kbevents.api.objects import labels_of, name_of
from pytest_kbevents.api.resources import LEASES, NAMESPACES, PODS
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.cluster.kind.cluster import Kind
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.errors import NotFound
from pytest_kbevents.history.routing import is_ready
from pytest_kbevents.scenario import catalog, runner
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.settings import resolve

NAME = "kbevents-bench"
ROUNDS = rounds(3)
STAYS = 30.0
"""Seconds that failover itself says something must stay so."""
UNOWNED = {"metadata": {"ownerReferences": None}}
"""Owners have other uids elsewhere: who refers to one that is not there is collected as garbage."""
Post = tuple[str, Any]


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def main() -> None:
    """Measure and print."""
    settings = resolve({"cluster": "kind", "kind_name": NAME, "keep": "never"}, {}, os.environ)
    backend = make("kind", settings)
    assert isinstance(backend, Kind)
    try:
        print(f"cold: {timed(backend.start):.1f} s until the cluster answers, with our image in its nodes")
        failover = catalog.select(["failover"], [catalog.shipped()], Path.cwd())[0].scenarios[0]
        posts = opened(backend, failover)
        ours, floor = [], []
        for number in range(ROUNDS):
            floor.append(timed(lambda number=number: bare(backend.kubeconfig, posts, f"floor-{number}")))
            ours.append(timed(lambda: opened(backend, failover)))
        ratio = statistics.median(ours) / statistics.median(floor)
        print(f"warm: a world is up and gone after {statistics.median(ours):.2f} s, {ratio:.2f} times a bare client's ")
        print(f"      {statistics.median(floor):.2f} s for the same {len(posts)} objects (aim: 1.10)")
        whole()
    finally:
        backend.stop()


def opened(backend: Kind, scenario: Scenario) -> Sequence[Post]:
    """Open a world and close it; what it has created, in a namespace called NAMESPACE."""
    world = runner.opened(scenario, backend, Cast("reference", "fixed", 0))
    posts = [
        (each.path, apply(each.body, UNOWNED)) for each in world.own_requests if each.method == "POST" and each.body
    ]
    text = json.dumps(posts).replace(world.namespace, "NAMESPACE")
    world.close()
    found: Sequence[Post] = json.loads(text)
    return found


def bare(kubeconfig: Path, posts: Sequence[Post], namespace: str) -> None:
    """The same objects, and a wait until all Pods are ready and a controller leads."""
    changed = threading.Event()
    transport = HttpTransport(str(kubeconfig), changed.set)
    client = Client(transport, "floor")
    wanted = 0
    for path, body in json.loads(json.dumps(posts).replace("NAMESPACE", namespace)):
        answer = transport.send(Request("POST", path, body=body, user_agent="floor"))
        if answer.status >= 400:
            raise SystemExit(f"{path}: {answer.body}")
        if path.endswith("/pods") and INSTANCE_SET_LABEL in labels_of(body):
            wanted += 1
            gate = {"status": {"conditions": [{"type": "kbevents.io/ready", "status": "True"}]}}
            client.merge(PODS, namespace, name_of(body), gate, "status")
    listing = client.listing(PODS, namespace)
    watch = client.watch(PODS, namespace, listing.revision)
    ours = [pod for pod in listing.items if INSTANCE_SET_LABEL in labels_of(pod)]
    ready = {name_of(pod) for pod in ours if is_ready(pod)}
    while len(ready) < wanted or not _leads(client, namespace):
        while (item := watch.take()) is not None:
            if is_ready(item.object) and INSTANCE_SET_LABEL in labels_of(item.object):
                ready.add(name_of(item.object))
        changed.wait(0.05)
        changed.clear()
    client.delete(NAMESPACES, "", namespace)
    watch.close()
    transport.close()


def _leads(client: Client, namespace: str) -> bool:
    try:
        return bool(client.get(LEASES, namespace, LEASE).get("spec", {}).get("holderIdentity"))
    except NotFound:
        return False


def whole() -> None:
    """``pytest`` as a user starts it, on the cluster that is up."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--kb-cluster", "kind"]
        more = ["--kb-kind-name", NAME, "--kb-scenario", "failover", "--kb-report", folder, "--kb-keep", "never"]
        took = timed(lambda: subprocess.run([*command, *more], cwd=folder, check=True, stdout=subprocess.DEVNULL))
        steps = json.loads(Path(folder, "failover.fixed.verdict.json").read_text(encoding="utf-8"))["steps"]
    up, last = steps[0]["begun"] / 1e6, steps[-2]["ended"] / 1e6
    print(f"pytest --kb-cluster kind --kb-scenario failover, warm: {took:.1f} s from the command to the end")
    print(f"  {STAYS:g} s of it are the scenario's own `stays`; without: {took - STAYS:.1f} s (aim: 3 s)")
    print(
        f"  world up {up:.1f} s, all steps but the last {last - up:.1f} s, the rest (pytest, the end) "
        f"{took - STAYS - last:.1f} s"
    )


if __name__ == "__main__":
    main()
