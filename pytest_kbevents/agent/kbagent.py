"""One agent: what runs in the container ``kbagent`` of one Pod."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.agent.actions.calls import Calls
from pytest_kbevents.agent.config.environment import Config
from pytest_kbevents.agent.database.scripted import ScriptedDatabase
from pytest_kbevents.agent.probes.probeconfig import ProbeConfig
from pytest_kbevents.agent.probes.prober import Prober
from pytest_kbevents.agent.releases import AgentBehaviours
from pytest_kbevents.agent.sending.delivery import Sender, Wording
from pytest_kbevents.agent.sending.event import Identity, Kbagent
from pytest_kbevents.agent.sending.lorry import Lorry
from pytest_kbevents.agent.sending.reporter import BackgroundReporter, Reporter, ReportLoop
from pytest_kbevents.agent.streams.streaming import Streaming
from pytest_kbevents.api.names import AGENT
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import SECOND, Clock


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an agent finds where it runs."""

    transport: Transport
    clock: Clock
    database: ScriptedDatabase


class WrongClock:
    """What the agent believes the time to be."""

    def __init__(self, clock: Clock, database: ScriptedDatabase) -> None:
        self._clock = clock
        self._database = database

    def micros(self) -> int:
        """The time, as wrong as its node's clock is."""
        return self._clock.micros() + self._database.script.clock


class KbAgent:
    """Probes, reports, answers calls. Stopping it is the process's death: nothing that waits is sent."""

    def __init__(self, config: Config, surroundings: Surroundings, behaviours: AgentBehaviours) -> None:
        self._surroundings = surroundings
        self._behaviours = behaviours
        self._name = f"{AGENT}/{config.identity.pod}"
        self.calls = Calls(config.actions, surroundings.database, behaviours, surroundings.clock)
        """Everything that it is asked to do."""
        self._sender = sender(config.identity, surroundings, behaviours)
        self._probes = [self._probe(probe) for probe in config.probes]
        self.streaming = None if config.streaming is None else self._streamed(config, config.streaming)
        """What listens at the streaming port, if there is one."""

    def actors(self) -> list[Prober | Reporter | Calls | Streaming]:
        """Everything that wants to be advanced."""
        served = [] if self.streaming is None else [self.streaming]
        return [self.calls, *(actor for probe in self._probes for actor in probe), *served]

    def file_changed(self, path: str) -> None:
        """Something was done to a file of that name, or a file was created, removed or renamed in that folder."""
        for prober, _ in self._probes:
            prober.file_changed(path)

    def run_at_once(self, action: str) -> None:
        """A probe runs out of its turn."""
        for prober, _ in self._probes:
            prober.run_at_once(action)

    def _streamed(self, config: Config, names: frozenset[str]) -> Streaming:
        allowed = {name: config.actions[name] for name in names}
        where = self._surroundings
        return Streaming(self._name, allowed, where.database, self._behaviours, where.clock)

    def _probe(self, config: ProbeConfig) -> tuple[Prober, Reporter]:
        clock, database = self._surroundings.clock, self._surroundings.database
        seconds = config.effective_report_period(self._behaviours)
        period = None if seconds is None else seconds * SECOND
        kind = ReportLoop if self._behaviours.sends_in_order else BackgroundReporter
        if self._behaviours.speaks_as_lorry:
            period = None  # what it said it did not say again
        delay = max(config.initial_delay, 0) * SECOND
        reporter: Reporter = kind(self._name, (self._sender, database), clock, period, delay)
        return Prober(config, (self.calls, database), reporter, self._behaviours, clock), reporter


def sender(identity: Identity, surroundings: Surroundings, behaviours: AgentBehaviours) -> Sender:
    """How an agent of that release sends its Events."""
    wording: Wording = Kbagent(behaviours.names_events_by, moves_event_time=behaviours.moves_event_time)
    if behaviours.speaks_as_lorry:
        wording = Lorry()
    client = Client(surroundings.transport, f"{AGENT}/{identity.pod}")
    return Sender(client, identity, WrongClock(surroundings.clock, surroundings.database), wording)
