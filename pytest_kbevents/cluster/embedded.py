"""The simulated world's cluster: a server of its own for each world, called in process, on a virtual clock."""

from __future__ import annotations

import random
from collections.abc import Callable

from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import VirtualClock
from pytest_kbevents.cluster import crds
from pytest_kbevents.cluster.backend import Site


class Embedded:
    """No sockets, no threads, no wall clock: the same seed gives the same world."""

    def start(self) -> None:
        """Nothing to bring up."""

    def stop(self) -> None:
        """Nothing to take down."""

    def site(self, name: str, seed: int, wake: Callable[[], None]) -> Site:
        """An empty cluster."""
        del wake  # whoever moves the clock looks at every watch
        clock = VirtualClock()
        server = Server(clock, random.Random(f"uids {seed}"))
        crds.install(Client(server, "kbevents"))
        return Site(server, clock, server.audit, name, close=lambda: None)
