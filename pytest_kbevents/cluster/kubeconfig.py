"""A cluster that is there, whoever made it: each world has a namespace of its own, or the one that we may use."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from pytest_kbevents.api.http import Request
from pytest_kbevents.client import kubeconfig as files
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.clock import WallClock
from pytest_kbevents.cluster import crds, guard, preflight
from pytest_kbevents.cluster.audit import NoAudit
from pytest_kbevents.cluster.backend import DEFINITIONS, KUBELET, NODES, Site
from pytest_kbevents.cluster.fence import Fence
from pytest_kbevents.cluster.places import cache
from pytest_kbevents.errors import ApiError, NoAnswer, SettingError
from pytest_kbevents.settings import Settings

WHO = "kbevents"
FLAG = "--kb-cluster kubeconfig"


class Kubeconfig:
    """One context of a kubeconfig. What is there already is used, and left as it is."""

    def __init__(self, settings: Settings, *, nodes: bool = False) -> None:
        """``nodes``: they are ours, too."""
        self._settings = settings
        self._nodes = nodes
        self._file = settings.kubeconfig or os.environ.get("KUBECONFIG") or str(Path("~/.kube/config").expanduser())
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._transport: HttpTransport | None = None
        """Of the session; each world borrows it."""
        self._installed: list[str] = []
        self._has_definitions = True
        self.image = settings.image
        """What kubelets can start; ``""``: nothing."""

    @property
    def has(self) -> frozenset[str]:
        """A kubelet has nothing to run without an image. What we may do is known from ``start`` on."""
        found = {KUBELET: bool(self.image), NODES: self._nodes, DEFINITIONS: self._has_definitions}
        return frozenset(need for need, is_there in found.items() if is_there)

    def start(self) -> None:
        """Look before anything is done. Raises SettingError for what is missing or must not be used."""
        names = files.names(self._file, self._settings.context, FLAG)
        if not self._settings.production:
            guard.refuse_production({**names, "namespace": self._settings.namespace})
        self._transport = transport = HttpTransport(self._file, lambda: None, self._settings.context or None)
        client = Client(transport, WHO)
        try:
            self._look(transport, client)
            self._installed = crds.install(client)
            if self._installed:
                crds.wait(client)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Take out the kinds that we have put in, unless somebody uses them meanwhile."""
        if self._transport is not None:
            if self._installed and self._settings.keep != "always":
                with suppress(ApiError, NoAnswer):
                    crds.remove(Client(self._transport, WHO), self._installed)
            self._transport.close()
            self._transport, self._installed = None, []
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def collect(self, folder: Path) -> None:
        """It is not ours to look into."""

    @property
    def kubeconfig(self) -> Path:
        """How other programs reach the cluster: where the file alone does not say it, by a copy of the context."""
        if not self._settings.context and os.pathsep not in self._file:
            return Path(self._file).absolute()
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="kbevents-")
            files.flatten(self._file, self._settings.context, Path(self._folder.name) / "kubeconfig")
        return Path(self._folder.name) / "kubeconfig"

    def site(self, name: str, seed: int, wake: Callable[[], None]) -> Site:
        """A namespace that no other world has; with --kb-namespace, that one when its turn has come."""
        del seed  # nothing here is simulated
        given = self._settings.namespace
        turn = _turn(f"{self._file} {self._settings.context} {given}") if given else None
        assert self._transport is not None, "start() comes first"
        transport = self._transport.lent(wake)
        namespace = given or f"{name}-{secrets.token_hex(3)}"

        return Site(
            Fence(transport, namespace, nodes=self._nodes, definitions=self._has_definitions),
            WallClock(),
            NoAudit(),
            namespace,
            (lambda: None) if turn is None else turn.close,
            is_made=bool(given),
            is_real=True,
            image=self.image,
            cleans=True,
            kubeconfig=self.kubeconfig,
            has_definitions=self._has_definitions,
        )

    def _look(self, transport: HttpTransport, client: Client) -> None:
        """Raises SettingError when the cluster does not answer, or does not let us do what worlds do."""
        try:
            version = transport.send(Request("GET", "/version", user_agent=WHO))
            if version.status >= 400:
                raise SettingError(f"{FLAG}: {self._named()} refuses us ({version.status}); check the credentials")
            absent = crds.absent(client)
            namespace = self._settings.namespace
            rights = preflight.needed(namespace, kubelet=bool(self.image), installs=bool(absent))
            if lacking := preflight.missing(client, rights):
                remedy = "ask for these rights, or say --kb-namespace with one that you may use"
                raise SettingError(f"{FLAG}: {self._named()} does not let us {', '.join(map(str, lacking))}; {remedy}")
            self._has_definitions = not namespace or preflight.may_define(client)
        except (NoAnswer, ApiError) as error:
            remedy = "check that it runs and can be reached from here"
            raise SettingError(f"{FLAG}: {self._named()} does not answer ({error}); {remedy}") from None

    def _named(self) -> str:
        return f"context {self._settings.context} of {self._file}" if self._settings.context else self._file


def _turn(whose: str) -> IO[bytes]:
    """Hold it until it is closed: worlds that share a namespace, of any process here, run one after the other."""
    folder = cache() / "namespaces"
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / hashlib.sha256(whose.encode()).hexdigest()[:16]).open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock
