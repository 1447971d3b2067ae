"""The streaming port: hands the output of an action to whoever connects and asks for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from pytest_kbevents.agent.actions.action import Action
from pytest_kbevents.agent.actions.answer import Database
from pytest_kbevents.agent.releases import AgentBehaviours
from pytest_kbevents.agent.streams.network import Connection
from pytest_kbevents.agent.streams.transfer import Transfer
from pytest_kbevents.agent.ticks import asleep
from pytest_kbevents.clock import Clock


class Streaming:
    """All connections of one agent, side by side, but for real commands: each is waited for. Only the ``allowed``
    actions may be asked for.
    """

    def __init__(
        self, name: str, allowed: Mapping[str, Action], database: Database, behaviours: AgentBehaviours, clock: Clock
    ) -> None:
        self.name = f"{name} streaming"
        self._allowed = allowed
        self._database = database
        self._behaviours = behaviours
        self._clock = clock
        self.alarm: Callable[[], None] = asleep
        """To be called when a step has become due from outside."""
        self._transfers: list[Transfer] = []
        self._lock = threading.Lock()

    def accept(self, connection: Connection) -> None:
        """Somebody has connected."""
        with self._lock:
            transfer = Transfer(connection, self._allowed, self._database, self._behaviours, self._clock)
            self._transfers.append(transfer)
        connection.heard = lambda: self.alarm()  # noqa: PLW0108 - the alarm that is set by then
        self.alarm()

    def due(self) -> int | None:
        """The first connection's next step."""
        return min((due for transfer in self._open() if (due := transfer.due()) is not None), default=None)

    def step(self) -> None:
        """That step."""
        waiting = [(due, transfer) for transfer in self._open() if (due := transfer.due()) is not None]
        if not waiting:
            return
        _, transfer = min(waiting, key=lambda pair: pair[0])
        transfer.step()
        if transfer.over:
            with self._lock:
                self._transfers.remove(transfer)

    def stop(self) -> None:
        """The process dies: its kernel closes what it had open, as if that were the end of the data."""
        for transfer in self._open():
            transfer.end(aborts=False)

    def _open(self) -> list[Transfer]:
        with self._lock:
            return list(self._transfers)
