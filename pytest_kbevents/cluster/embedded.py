"""The simulated world's cluster: a server of its own for each world, called in process, on a virtual clock."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import VirtualClock
from pytest_kbevents.cluster import crds
from pytest_kbevents.cluster.backend import Site
from pytest_kbevents.cluster.backends import HAS


@cache
def _first() -> Server:
    """The cluster that every world begins with a fork of: KubeBlocks' kinds are known, and nothing is in it."""
    server = Server(VirtualClock())
    crds.install(Client(server, "kbevents"))
    return server


class _Expiry:
    """Events end on the virtual clock, whether anybody asks for them or not."""

    name = "expiry of Events"

    def __init__(self, server: Server) -> None:
        self.due = server.next_expiry
        self.step = server.expire


class Embedded:
    """No sockets, no threads, no wall clock: the same seed gives the same world."""

    has = HAS["embedded"]

    kubeconfig = None

    def start(self) -> None:
        """Nothing to bring up."""

    def stop(self) -> None:
        """Nothing to take down."""

    def collect(self, folder: Path) -> None:
        """Nothing that the history does not have."""

    def site(self, name: str, seed: int, wake: Callable[[], None]) -> Site:
        """An empty cluster."""
        del wake  # whoever moves the clock looks at every watch
        clock = VirtualClock()
        server = _first().fork(clock, f"uids {seed}")
        return Site(server, clock, server.audit, name, lambda: None, [_Expiry(server)])
