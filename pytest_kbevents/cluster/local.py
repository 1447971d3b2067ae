"""The same API server over loopback HTTP, with real threads and the wall's time."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from pytest_kbevents.api.http import Request
from pytest_kbevents.apiserver.listener import Listener
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client import kubeconfig
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.clock import WallClock
from pytest_kbevents.cluster import crds
from pytest_kbevents.cluster.backend import Site
from pytest_kbevents.cluster.backends import HAS
from pytest_kbevents.errors import NoAnswer

ANSWERS_WITHIN = 30
"""Seconds."""


class Local:
    """One server for the session; each world has a namespace of it."""

    has = HAS["local"]

    def __init__(self, port: int = 0, imitates: str = "envtest") -> None:
        """``imitates`` is as in ``Server``."""
        self._clock = WallClock()
        self._server = Server(self._clock, secrets.token_hex(8), imitates=imitates)
        self._token = secrets.token_hex(16)
        self._listener = Listener(self._server, self._token, port)
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def start(self) -> None:
        """Serve. Raises OSError when the port cannot be had."""
        self._listener.start()
        self._folder = tempfile.TemporaryDirectory(prefix="kbevents-")
        try:
            self.write_kubeconfig(self.kubeconfig)
            crds.install(Client(self._server, "kbevents"))
            self._wait_until_it_answers()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Close the port and forget the kubeconfig."""
        if self._folder is not None:
            self._listener.stop()
            self._folder.cleanup()
            self._folder = None

    @property
    def kubeconfig(self) -> Path:
        """How other tools find the server while it is up."""
        assert self._folder is not None, "start() comes first"
        return Path(self._folder.name) / "kubeconfig"

    def write_kubeconfig(self, file: Path) -> None:
        """The same, in a place of one's own. Raises OSError."""
        kubeconfig.write(file, server=self._listener.address, token=self._token)

    def collect(self, folder: Path) -> None:
        """Nothing that the history does not have."""

    def site(self, name: str, seed: int, wake: Callable[[], None]) -> Site:
        """A namespace that no other world has, over HTTP."""
        del seed  # nothing here is simulated
        transport = HttpTransport(str(self.kubeconfig), wake)
        namespace = f"{name}-{secrets.token_hex(3)}"
        return Site(
            transport, self._clock, self._server.audit, namespace, close=transport.close, kubeconfig=self.kubeconfig
        )

    def _wait_until_it_answers(self) -> None:
        transport = HttpTransport(str(self.kubeconfig), wake=lambda: None)
        patience = Retrying(
            retry=retry_if_exception_type(NoAnswer),
            wait=wait_fixed(0.05),
            stop=stop_after_delay(ANSWERS_WITHIN),
            reraise=True,
        )
        try:
            patience(transport.send, Request("GET", "/readyz", user_agent="kbevents"))
        finally:
            transport.close()
