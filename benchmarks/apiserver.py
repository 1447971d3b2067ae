"""What the API server costs: ``python benchmarks/apiserver.py``; beside a real kube-apiserver where one is.

In process: requests a second of one thread, by CPU time. Over HTTP: the same client, the same requests, against
``local`` in a process of its own and against kube-apiserver and etcd (KUBEBUILDER_ASSETS), in turn. Medians of several
rounds.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from rounds import rounds

from pytest_kbevents.api.http import Request
from pytest_kbevents.api.objects import Object, with_label
from pytest_kbevents.api.resources import CONFIG_MAPS, EVENTS, NAMESPACES, PODS
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.clock import VirtualClock

ROUNDS = rounds(5)
NAMESPACE = "bench"
WATCHERS = 50
LISTED = 1000
AIMS = {"get": 50_000, "update": 20_000, "fork": 100_000}
"""Requests a second that the project wants in process on one core."""


def pod(name: str) -> dict[str, Any]:
    """A Pod as a scenario has it."""
    labels = {f"example.com/label-{number}": "value" for number in range(6)}
    containers = [{"name": "database", "image": "database"}, {"name": "kbagent", "image": "kbagent"}]
    metadata = {"name": name, "namespace": NAMESPACE, "labels": labels}
    return {"metadata": metadata, "spec": {"nodeName": "node", "containers": containers}}


def config_map(name: str) -> dict[str, Any]:
    """A ConfigMap."""
    return {"metadata": {"name": name, "namespace": NAMESPACE}, "data": {"key": "value"}}


def event(number: int) -> dict[str, Any]:
    """An Event as a kb-agent writes it."""
    involved = {"kind": "Pod", "namespace": NAMESPACE, "name": "pod"}
    metadata = {"name": f"event-{number:06}", "namespace": NAMESPACE}
    return {"metadata": metadata, "involvedObject": involved, "reason": "roleProbe", "message": "{}", "type": "Normal"}


def rate(work: Callable[[], int], clock: Callable[[], float]) -> float:
    """How many of what ``work`` counts fit into a second: the median of some rounds."""
    rates = []
    for _ in range(ROUNDS):
        begun = clock()
        done = work()
        rates.append(done / (clock() - begun))
    return statistics.median(rates)


def repeated(times: int, call: Callable[[], object]) -> Callable[[], int]:
    """Work that is one call, again and again."""

    def work() -> int:
        for _ in range(times):
            call()
        return times

    return work


def updating(client: Client) -> Callable[[], object]:
    """An update that moves a label of a Pod, as a role handler does."""
    state: dict[str, Object] = {"pod": client.get(PODS, NAMESPACE, "pod")}
    roles = iter(range(10**9))

    def update() -> None:
        state["pod"] = client.update(PODS, with_label(state["pod"], "kubeblocks.io/role", f"role-{next(roles)}"))

    return update


def fill(client: Client) -> None:
    """What the measurements work on."""
    client.create(NAMESPACES, {"metadata": {"name": NAMESPACE}})
    client.create(PODS, pod("pod"))
    for number in range(LISTED):
        client.create(CONFIG_MAPS, config_map(f"map-{number:04}"))


def in_process() -> None:
    """One thread, no network."""
    server = Server(VirtualClock())
    client = Client(server, "bench")
    fill(client)
    path = PODS.path(NAMESPACE, "pod")
    get = Request("GET", path, user_agent="bench")
    listing = Request("GET", CONFIG_MAPS.path(NAMESPACE), user_agent="bench")
    counts = {
        "get": repeated(5000, lambda: server.send(get)),
        "update": repeated(2000, updating(client)),
        f"list of {LISTED:,}": repeated(50, lambda: server.send(listing)),
        "fork": repeated(5000, server.store.fork),
        "fork of the whole server": repeated(2000, lambda: server.fork(VirtualClock())),
    }
    print(f"in process, one core, {LISTED + 1:,} objects")
    for name, work in counts.items():
        aim = f"   (aim {AIMS[name]:,})" if name in AIMS else ""
        print(f"  {name:28} {rate(work, process_time):12,.0f} /s{aim}")
    streams = [client.watch(PODS, NAMESPACE, str(server.store.revision)) for _ in range(WATCHERS)]
    update = updating(client)

    def fan_out() -> int:
        for _ in range(100):
            update()
        taken = 0
        for stream in streams:
            while stream.take() is not None:
                taken += 1
        return taken

    print(f"  {f'items to {WATCHERS} watchers':28} {rate(fan_out, process_time):12,.0f} /s")


def linear() -> None:
    """What an Event costs, the hundredth and the hundred thousandth."""
    print("in process, cost of one Event by how many there are (create, then an update of each tenth)")
    for total in (100, 1_000, 10_000, 100_000):
        client = Client(Server(VirtualClock()), "bench")
        client.create(NAMESPACES, {"metadata": {"name": NAMESPACE}})
        begun = process_time()
        for number in range(total):
            client.create(EVENTS, event(number))
            if number % 10 == 0:
                client.patch(EVENTS, NAMESPACE, f"event-{number:06}", {"count": 2})
        print(f"  {total:8,} Events {1e6 * (process_time() - begun) / total:10.1f} us each")


@contextmanager
def serving() -> Iterator[str]:
    """``kbevents serve`` in a process of its own; its kubeconfig."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, "kubeconfig"))
        program = "from pytest_kbevents.cli import main; raise SystemExit(main())"
        command = [sys.executable, "-c", program, "serve", "--kubeconfig", file]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield file
        finally:
            process.terminate()
            process.wait()


@contextmanager
def real() -> Iterator[str]:
    """kube-apiserver and etcd; their kubeconfig."""
    from pytest_kbevents.cluster.envtest import Envtest

    backend = Envtest()
    backend.start()
    try:
        yield str(backend.kubeconfig)
    finally:
        backend.stop()


def over_http(kubeconfig: str) -> dict[str, float]:
    """Requests a second of one client, by the wall's clock."""
    transport = HttpTransport(kubeconfig, lambda: None)
    client = Client(transport, "bench")
    fill(client)
    found = {
        "get": rate(repeated(300, lambda: client.get(PODS, NAMESPACE, "pod")), perf_counter),
        "update": rate(repeated(200, updating(client)), perf_counter),
        f"list of {LISTED:,}": rate(repeated(5, lambda: client.listing(CONFIG_MAPS, NAMESPACE)), perf_counter),
        f"items to {WATCHERS} watchers": fanned_out(kubeconfig, client),
    }
    transport.close()
    return found


def fanned_out(kubeconfig: str, client: Client) -> float:
    """Watch items a second, from the first of some writes to the last item at the last watcher."""
    news = threading.Event()
    transport = HttpTransport(kubeconfig, news.set)
    watching = Client(transport, "bench")
    revision = client.listing(PODS, NAMESPACE).revision
    streams = [watching.watch(PODS, NAMESPACE, revision) for _ in range(WATCHERS)]
    update = updating(client)

    def work() -> int:
        writes, taken = 20, 0
        for _ in range(writes):
            update()
        while taken < writes * WATCHERS:
            news.wait(5)
            news.clear()
            for stream in streams:
                while stream.take() is not None:
                    taken += 1
        return taken

    try:
        return rate(work, perf_counter)
    finally:
        for stream in streams:
            stream.close()
        transport.close()


def main() -> None:
    """Print all of it."""
    print(f"python {sys.version.split()[0]}, medians of {ROUNDS} rounds")
    in_process()
    linear()
    with serving() as file:
        ours = over_http(file)
    try:
        with real() as file:
            theirs = over_http(file)
    except Exception as error:  # noqa: BLE001 - whatever is missing of it, the rest has been measured
        print(f"no kube-apiserver to compare with: {error}")
        theirs = {}
    print("over HTTP, one client: local / kube-apiserver")
    for name, value in ours.items():
        peer = theirs.get(name)
        told = f"{peer:10,.0f} /s   ratio {value / peer:.2f}" if peer else "not measured"
        print(f"  {name:28} {value:10,.0f} /s  {told}")
    if "--json" in sys.argv:
        print(json.dumps({"local": ours, "kube-apiserver": theirs}))


if __name__ == "__main__":
    main()
