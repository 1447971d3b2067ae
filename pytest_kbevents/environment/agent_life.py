"""One life of an agent in a process of its own: what it serves and what it watches, from its start to its death."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pytest_kbevents.agent.config.environment import Config
from pytest_kbevents.agent.files import FileWatch
from pytest_kbevents.agent.http.logged import LoggedService
from pytest_kbevents.agent.http.server import HttpServer
from pytest_kbevents.agent.http.service import ActionService, NoService, Service, waited
from pytest_kbevents.agent.kbagent import KbAgent, Surroundings
from pytest_kbevents.agent.logs import fields
from pytest_kbevents.agent.panic import Panic
from pytest_kbevents.agent.probes.prober import Prober
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.agent.streams.tcp import TcpListener
from pytest_kbevents.environment.actor import Driver

SOCKET = "kbagent.socket"

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Doors:
    """Where an agent listens, and how. A port that is 0 is any that is free."""

    address: str
    port: int
    streaming_port: int
    folder: str
    """HTTP is at a socket in there, instead of the port; ``""``: at the port."""
    max_concurrency: int | None
    """None: the release's own."""
    api_logging: bool

    @property
    def http(self) -> tuple[str, int] | str:
        """Where HTTP is."""
        return str(Path(self.folder) / SOCKET) if self.folder else (self.address, self.port)

    def connections(self, release: str) -> int:
        """To HTTP, at once."""
        return self.max_concurrency or TABLE[release].max_concurrency


class AgentLife:
    """Lives once. ``wake`` rings the driver's bell; ``failed`` is given what goes wrong in threads of its own."""

    def __init__(
        self,
        config: Config,
        surroundings: Surroundings,
        driver: Driver,
        wake: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self.release = ""
        """Whose it is, once it has started."""
        self._config = config
        self._surroundings = surroundings
        self._driver = driver
        self._wake = wake
        self._failed = failed
        self._agent: KbAgent | None = None
        self._waiting: list[Prober] = []
        self._http: HttpServer | None = None
        self._listener: TcpListener | None = None
        self._files: FileWatch | None = None

    def start(self, release: str, doors: Doors) -> Doors:
        """Probes (which wait for ``probe``), then HTTP, then streaming; the doors as they are, no port is 0.

        Raises:
            Panic: a port cannot be had.
        """
        self.release = release
        agent = self._agent = KbAgent(self._config, self._surroundings, TABLE[release])
        for actor in agent.actors():
            if isinstance(actor, Prober):
                self._waiting.append(actor)
            else:
                self._driver.add(actor)
        self._watch_files(agent)
        doors = self._listen(agent, doors)
        where = doors.http if isinstance(doors.http, str) else f"{doors.address}:{doors.port}"
        streamed = f"{doors.address}:{doors.streaming_port}" if self._listener is not None else None
        _LOG.info("started", extra=fields(release=release, http=where, streaming=streamed))
        return doors

    def probe(self) -> None:
        """The probes begin to run. Idempotent."""
        while self._waiting:
            self._driver.add(self._waiting.pop(0))

    def run_at_once(self, action: str) -> None:
        """A probe runs out of its turn."""
        if self._agent is not None:
            self._agent.run_at_once(action)

    def stop(self) -> None:
        """It dies: nothing that waits is sent, and the kernel closes what it had open."""
        agent, self._agent = self._agent, None
        if agent is None:
            return
        for actor in agent.actors():
            self._driver.remove(actor)
        if self._files is not None:
            self._files.stop()
        if self._http is not None:
            self._http.stop()
        if self._listener is not None:
            self._listener.close()
        if agent.streaming is not None:
            agent.streaming.stop()

    def _watch_files(self, agent: KbAgent) -> None:
        if TABLE[self.release].reports_roles_again:
            paths = [path for probe in self._config.probes for path in probe.watched]
            self._files = FileWatch(paths, agent.file_changed, self._failed)
            self._files.start()

    def _listen(self, agent: KbAgent, doors: Doors) -> Doors:
        most = doors.connections(self.release)
        self._http = HttpServer(self._service(agent, doors), doors.http, most, self._failed)
        self._http.start()
        doors = replace(doors, port=self._http.port)
        if agent.streaming is None:
            return doors
        try:
            self._listener = TcpListener((doors.address, doors.streaming_port), agent.streaming.accept, self._wake)
        except OSError as error:
            why = os.strerror(error.errno or 0) if error.errno in errno.errorcode else str(error)
            raise Panic(f"listen tcp {doors.address}:{doors.streaming_port}: bind: {why.lower()}") from None
        return replace(doors, streaming_port=self._listener.port)

    def _service(self, agent: KbAgent, doors: Doors) -> Service:
        if self._config.streaming is None:
            return NoService()
        clock = self._surroundings.clock
        service = ActionService(agent.calls, lambda running: waited(running, clock))
        return LoggedService(service) if doors.api_logging else service
