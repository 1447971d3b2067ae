"""kbagent as a process of its own: the server, which dies and lives again when its database's script says so."""

from __future__ import annotations

import logging
import os

from pytest_kbevents.agent.config.environment import Config, same_ports
from pytest_kbevents.agent.database.memory import FOLDER, Memory
from pytest_kbevents.agent.database.script import Script, newly_asked
from pytest_kbevents.agent.database.scripted import ScriptedDatabase
from pytest_kbevents.agent.database.told import Told
from pytest_kbevents.agent.kbagent import Surroundings
from pytest_kbevents.agent.sending.logged import LoggedTransport
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import WallClock
from pytest_kbevents.environment.agent_life import AgentLife, Doors
from pytest_kbevents.environment.bell import Bell
from pytest_kbevents.environment.ending import Heard, wait_for_the_end
from pytest_kbevents.environment.threads import Threads

_LOG = logging.getLogger(__name__)


class AgentProcess:
    """Runs once. ``release`` is whose agent it is where the script does not say."""

    def __init__(self, config: Config, cluster: tuple[Transport, Bell], release: str, doors: Doors) -> None:
        """``cluster`` is how it is reached, and what that rings when there is news."""
        transport, self._bell = cluster
        self._config = config
        self._release = release
        self._doors = doors
        clock, identity = WallClock(), config.identity
        self._driver = Threads(clock, self._bell, drain=lambda: False)
        self._database = ScriptedDatabase(identity.pod, Memory(os.environ.get(FOLDER, "")))
        self._surroundings = Surroundings(LoggedTransport(transport), clock, self._database)
        client = Client(transport, f"database/{identity.pod}")
        self._told = Told(client, (identity.namespace, identity.pod), clock, self._hear)
        self._heard: Heard | None = None
        self._life: AgentLife | None = None
        self._script: Script | None = None

    def run(self, heard: Heard) -> None:
        """Until a signal is put. It serves at once, whether the API server answers or not.

        Raises:
            Panic: as the configuration says, or what an action is called for.
        """
        if self._doors.port or self._doors.streaming_port:  # two that are free differ
            same_ports(self._doors.port, self._doors.streaming_port)
        self._heard = heard
        self._start(self._release)
        self._driver.add(self._told)
        wait_for_the_end(heard, self._driver)

    def _hear(self, script: Script) -> None:
        """In the driver's thread: what is raised here, ``run`` raises."""
        before, self._script = self._script, script
        self._database.tell(script)
        release = script.release or self._release
        is_new_life = before is not None and before.life != script.life
        if self._life is not None and (not script.up or is_new_life or self._life.release != release):
            self._life.stop()
            self._life = None
            _LOG.info("stopped, as told")
        if self._life is None and script.up:
            self._start(release)
        if self._life is not None:
            self._life.probe()
            for action in newly_asked(before or Script(), script):
                self._life.run_at_once(action)

    def _start(self, release: str) -> None:
        assert self._heard is not None, "run() comes first"
        self._life = AgentLife(self._config, self._surroundings, self._driver, self._bell.ring, self._heard.put)
        self._doors = self._life.start(release, self._doors)
