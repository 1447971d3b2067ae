"""The reference controller in this process, advanced by the world's driver."""

from __future__ import annotations

from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import Clock
from pytest_kbevents.controller.manager import Manager
from pytest_kbevents.environment.actor import Driver
from pytest_kbevents.reconciler.manager import event_controller


class InProcess:
    """Killed between two writes at the earliest. ``workers`` replaces the release's own number."""

    def __init__(
        self, transport: Transport, clock: Clock, namespace: str, driver: Driver, workers: int | None = None
    ) -> None:
        self._transport, self._clock, self._namespace = transport, clock, namespace
        self._driver = driver
        self._workers = workers
        self._manager: Manager | None = None

    def start(self, release: str) -> None:
        if self._manager is None:
            self._manager = event_controller(self._transport, self._clock, self._namespace, release, self._workers)
            for actor in self._manager.actors():
                self._driver.add(actor)

    def wait(self) -> None:
        """It works from the driver's next step on."""

    def stop(self) -> None:
        if self._manager is not None:
            for actor in self._manager.actors():
                self._driver.remove(actor)
            self._manager.stop()
            self._manager = None

    def log(self) -> str:
        """What it does is in the history and in the requests."""
        return ""

    close = stop
