"""The event controller as a process of its own: managers on threads, perhaps an election, perhaps pages about it."""

from __future__ import annotations

import logging
import queue
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_kbevents.api.objects import Key
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import WallClock
from pytest_kbevents.controller.health import HealthApp, Page, check
from pytest_kbevents.controller.leader import LeaderElector
from pytest_kbevents.environment.bell import Bell
from pytest_kbevents.environment.threads import Threads
from pytest_kbevents.errors import InputError
from pytest_kbevents.reconciler.manager import USER_AGENT, event_controller

if TYPE_CHECKING:
    from pytest_kbevents.controller.metrics import Metrics

LOOK_SECONDS = 0.2
"""How often it is looked whether an actor has failed or leadership is lost; a signal is heard at once."""
HEALTH_THREADS = 2

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Deployment:
    """What runs, and how."""

    release: str
    namespaces: list[str]
    """Whose Events are reconciled; those of all when empty."""
    workers: int | None
    """In each of them; None for the release's own number."""
    resync: int
    """Microseconds; 0 for never."""
    lease: Key | None
    """Only while it is held by ``identity``, work is done; None: no election."""
    identity: str
    health: tuple[str, int] | None
    """Host and port of the pages."""
    metrics: bool
    """One of the pages is for Prometheus."""


class ControllerProcess:
    """Runs once. ``bell`` is what the transport rings."""

    def __init__(self, transport: Transport, bell: Bell, deployment: Deployment) -> None:
        """Serves its pages from now on. Raises InputError when their address cannot be had, or there is no library for
        metrics.
        """
        clock = WallClock()
        self._deployment = deployment
        self._driver = Threads(clock, bell, drain=lambda: False)
        self._managers = [
            event_controller(transport, clock, namespace, deployment.release, deployment.workers)
            for namespace in deployment.namespaces or [""]
        ]
        self._elector: LeaderElector | None = None
        if deployment.lease is not None:
            client = Client(transport, USER_AGENT)
            self._elector = LeaderElector(client, deployment.lease, deployment.identity, clock)
        for manager in self._managers:
            manager.recover()
            if self._elector is not None:
                manager.elect(self._elector)
            if deployment.resync:
                manager.resync_every(deployment.resync)
        self._health = None if deployment.health is None else self._served(deployment.health)

    def run(self, signals: queue.SimpleQueue[int]) -> int:
        """Until a signal is put (0), an actor fails or leadership is lost (1); the exit code. After a signal, steps
        that have begun are finished and the lease is given back.
        """
        actors = dict.fromkeys(actor for manager in self._managers for actor in manager.actors())
        for actor in actors:
            self._driver.add(actor)
        told = ", ".join(self._deployment.namespaces) or "all of them"
        _LOG.info("started: release %s, namespaces: %s", self._deployment.release, told)
        try:
            while (number := _next(signals)) is None:
                self._driver.until(lambda: True, 0)
                if any(manager.lost() for manager in self._managers):
                    _LOG.error("leadership is lost: ended without finishing what was begun, another has it now")
                    return 1
        except Exception:  # noqa: BLE001 - logged, and the end
            _LOG.exception("a mistake of kbevents; please report it")
            self._end()
            return 1
        else:
            _LOG.info("%s: finishing what was begun", signal.Signals(number).name)
            self._end()
            _LOG.info("ended")
            return 0
        finally:
            if self._health is not None:
                self._health.stop()

    def _end(self) -> None:
        self._driver.close()
        for manager in self._managers:
            manager.stop()
        if self._elector is not None:
            self._elector.release()

    def _served(self, address: tuple[str, int]) -> Any:
        from cheroot.wsgi import Server

        server = Server(address, HealthApp(self._pages()), numthreads=HEALTH_THREADS, shutdown_timeout=1)
        try:
            server.prepare()
        except OSError as error:
            where = ":".join(str(part) for part in address)
            raise InputError(f"cannot serve health at {where}: {error.strerror or error}; choose another") from None
        threading.Thread(target=server.serve, name="kbevents health", daemon=True).start()
        return server

    def _pages(self) -> dict[str, Callable[[], Page]]:
        pages: dict[str, Callable[[], Page]] = {"/healthz": Page, "/readyz": self._readiness}
        if self._deployment.metrics:
            metrics = self._metrics()
            pages["/metrics"] = lambda: Page(metrics.page(), content_type=metrics.content_type)
        return pages

    def _readiness(self) -> Page:
        missing = dict.fromkeys(kind for manager in self._managers for kind in manager.unsynced())
        return check(f"not cached yet: {', '.join(missing)}" if missing else "")

    def _metrics(self) -> Metrics:
        try:
            from pytest_kbevents.controller.metrics import Metrics
        except ModuleNotFoundError as error:
            remedy = "pip install 'pytest-kbevents[controller]' has it"
            raise InputError(f"metrics need the module {error.name}; {remedy}") from None
        metrics = Metrics()
        for manager in self._managers:
            manager.observe(metrics.of)
        if self._elector is not None and self._deployment.lease is not None:
            metrics.elect(self._elector, self._deployment.lease[1])
        return metrics


def _next(signals: queue.SimpleQueue[int]) -> int | None:
    try:
        return signals.get(timeout=LOOK_SECONDS)
    except queue.Empty:
        return None
