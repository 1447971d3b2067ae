"""kbagent's worker as a process of its own: it does its Pod's tasks over a real network, and ends."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

from pytest_kbevents.agent.config.environment import Config
from pytest_kbevents.agent.database.memory import FOLDER, Memory
from pytest_kbevents.agent.database.script import Script, decode
from pytest_kbevents.agent.database.scripted import ScriptedDatabase
from pytest_kbevents.agent.database.told import listed
from pytest_kbevents.agent.kbagent import Surroundings
from pytest_kbevents.agent.panic import Panic
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.agent.sending.logged import LoggedTransport
from pytest_kbevents.agent.streams.network import Connection, Unreachable
from pytest_kbevents.agent.streams.tcp import dial
from pytest_kbevents.agent.tasks.worker import DONE, Worker
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import WallClock
from pytest_kbevents.environment.bell import Bell
from pytest_kbevents.environment.ending import Heard, wait_for_the_end
from pytest_kbevents.environment.threads import Threads
from pytest_kbevents.errors import ApiError, NoAnswer


class WorkerProcess:
    """Runs once. ``release`` is whose worker it is where the script does not say."""

    name = "kbagent worker's beginning"

    def __init__(self, config: Config, cluster: tuple[Transport, Bell], release: str) -> None:
        """``cluster`` is how it is reached, and what that rings when there is news."""
        self._config = config
        self._transport, self._bell = cluster
        self._release = release
        self._clock = WallClock()
        self._driver = Threads(self._clock, self._bell, drain=lambda: False)
        self._heard: Heard | None = None
        self._has_begun = False

    def run(self, heard: Heard) -> None:
        """Until its tasks are done or a signal is put.

        Raises:
            Panic: a task failed, or the script cannot be read.
        """
        self._heard = heard
        self._driver.add(self)
        wait_for_the_end(heard, self._driver)

    def due(self) -> int | None:
        """At once, and once."""
        return None if self._has_begun else 0

    def step(self) -> None:
        """Read the script where there is a task, and begin with the tasks. Raises Panic."""
        self._has_begun = True
        script = self._read() if self._config.tasks else Script()
        database = ScriptedDatabase(self._config.identity.pod, Memory(os.environ.get(FOLDER, "")))
        database.tell(script)
        surroundings = Surroundings(LoggedTransport(self._transport), self._clock, database)
        behaviours = TABLE[script.release or self._release]
        network = Internet(self._bell.ring)
        self._driver.add(Worker(self._config, (surroundings, network), behaviours, self._ends))

    def _ends(self, code: int, text: str) -> None:
        assert self._heard is not None, "run() comes first"
        self._heard.put(None if code == DONE else Panic(text))

    def _read(self) -> Script:
        """Going on with another script than what was told would be a story that nobody wrote."""
        identity = self._config.identity
        client = Client(self._transport, f"database/{identity.pod}")
        try:
            items = listed(client, (identity.namespace, identity.pod)).items
            return decode(items[0]) if items else Script()
        except (ApiError, NoAnswer, ValueError) as error:
            raise Panic(f"cannot read what the database does: {error}") from None


class Internet:
    """What a Pod reaches by name or address."""

    def __init__(self, wake: Callable[[], None]) -> None:
        """``wake`` is called, from any thread, when something has come."""
        self._wake = wake

    def connect(self, host: str, port: int, seconds: int) -> Connection:
        """To each address of the host in turn; what is told is why the first one did not answer, as Go tells it."""
        first: Unreachable | None = None
        for address in _addresses(host, port):
            try:
                return dial((address, port), seconds, self._wake)
            except Unreachable as error:
                first = first or error
        assert first is not None, "a host that is found has an address"
        raise first


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # the latter is a name that no resolver takes
        raise Unreachable(f"dial tcp: lookup {host}: no such host") from None
    return [str(address[0]) for *_, address in found]
