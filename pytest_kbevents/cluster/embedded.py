"""The simulated world's cluster: a server of its own for each world, called in process, on a virtual clock."""

from __future__ import annotations

from collections.abc import Callable

from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import VirtualClock
from pytest_kbevents.cluster import crds
from pytest_kbevents.cluster.backend import Site


class _Expiry:
    """Events end on the virtual clock, whether anybody asks for them or not."""

    name = "expiry of Events"

    def __init__(self, server: Server) -> None:
        self.due = server.next_expiry
        self.step = server.expire


class Embedded:
    """No sockets, no threads, no wall clock: the same seed gives the same world."""

    def __init__(self) -> None:
        self._first: Server | None = None

    def start(self) -> None:
        """Make the cluster that every world begins with a fork of."""
        self._first = Server(VirtualClock())
        crds.install(Client(self._first, "kbevents"))

    def stop(self) -> None:
        """Nothing to take down."""

    def site(self, name: str, seed: int, wake: Callable[[], None]) -> Site:
        """An empty cluster."""
        del wake  # whoever moves the clock looks at every watch
        if self._first is None:
            self.start()
        assert self._first is not None
        clock = VirtualClock()
        server = self._first.fork(clock, f"uids {seed}")
        return Site(server, clock, server.audit, name, lambda: None, [_Expiry(server)])
