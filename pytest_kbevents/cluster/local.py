"""The same API server over loopback HTTP, with real threads and the wall's time."""

from __future__ import annotations

import random
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from pytest_kbevents.apiserver.listener import Listener
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client import kubeconfig
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.clock import WallClock
from pytest_kbevents.cluster import crds
from pytest_kbevents.cluster.backend import Site


class Local:
    """One server for the session; each world has a namespace of it."""

    def __init__(self) -> None:
        self._clock = WallClock()
        self._server = Server(self._clock, random.Random())
        self._listener: Listener | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def start(self) -> None:
        """Serve on a free port."""
        token = secrets.token_hex(16)
        self._listener = Listener(self._server, token)
        self._listener.start()
        self._folder = tempfile.TemporaryDirectory(prefix="kbevents-")
        kubeconfig.write(self.kubeconfig, server=self._listener.address, token=token)
        crds.install(Client(self._server, "kbevents"))

    def stop(self) -> None:
        """Close the port and forget the kubeconfig."""
        if self._listener is not None and self._folder is not None:
            self._listener.stop()
            self._folder.cleanup()
            self._listener = self._folder = None

    @property
    def kubeconfig(self) -> Path:
        """How other tools find the server while it is up."""
        assert self._folder is not None, "start() comes first"
        return Path(self._folder.name) / "kubeconfig"

    def site(self, name: str, seed: int, wake: Callable[[], None]) -> Site:
        """A namespace that no other world has, over HTTP."""
        del seed  # nothing here is simulated
        transport = HttpTransport(str(self.kubeconfig), wake)
        namespace = f"{name}-{secrets.token_hex(3)}"
        return Site(transport, self._clock, None, self._server.audit, namespace, close=transport.close)
