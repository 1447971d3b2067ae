"""One world: an isolated namespace with a workload, its agents, perhaps a controller, and the record of it all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.agent.database.script import KEY, Script, config_map_of, encode
from pytest_kbevents.agent.kubelet.disk import TalkingDisk, WatchedDisk
from pytest_kbevents.agent.kubelet.fleet import Fleet
from pytest_kbevents.agent.streams.loopback import Loopback
from pytest_kbevents.agent.streams.network import Wires
from pytest_kbevents.api.objects import uid_of
from pytest_kbevents.api.resources import CONFIG_MAPS, PODS
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.interceptor import Intercepted, Interceptor
from pytest_kbevents.client.patient import Patient
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import SECOND, Clock, VirtualClock
from pytest_kbevents.cluster.backend import Audit, Backend, Site
from pytest_kbevents.controller.manager import Manager
from pytest_kbevents.environment.actor import Driver
from pytest_kbevents.environment.bell import Bell
from pytest_kbevents.environment.manifests import provision
from pytest_kbevents.environment.pods import PodLife
from pytest_kbevents.environment.scaling import Scaling
from pytest_kbevents.environment.simulation import Simulation
from pytest_kbevents.environment.threads import Threads
from pytest_kbevents.environment.workload import Workload
from pytest_kbevents.errors import InputError, NoAnswer
from pytest_kbevents.history.exchange import Exchange, Observed
from pytest_kbevents.history.history import History
from pytest_kbevents.history.recorder import Recorder
from pytest_kbevents.reconciler.manager import event_controller

HARNESS = "kbevents"
"""Who the harness is in audits."""
CATCH_UP_WITHIN = 30 * SECOND
PATIENCE = 30.0
"""Seconds that the harness waits for a live API server that is away."""


class Killed(Exception):
    """A fault ends the controller's process here: nothing more of what it was about to do is done."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays in a world. ``controller`` is ``reference`` or ``none``; ``release`` is whose behaviour both have;
    ``workers`` replaces the release's own number.
    """

    controller: str
    release: str
    seed: int
    workers: int | None = None


class World:
    """Open from the moment it is made until ``close``. Whether time is simulated shows nowhere."""

    def __init__(self, backend: Backend, name: str, workload: Workload, cast: Cast) -> None:
        bell = Bell()
        self.workload = workload
        self.history = History()
        self.interceptors: list[Interceptor] = []
        """What stands between everybody but the harness and the API server: the place for faults."""
        self._site: Site = backend.site(name, cast.seed, bell.ring)
        self._cast = cast
        self.opened = self.clock.micros()
        """When the world began, in microseconds since the epoch."""
        self._controller: Manager | None = None
        self._release = workload.controller or cast.release
        self.requests: list[Exchange] = []
        """What controller and agents asked for, faults included, in the order of the answers."""
        self.own_requests: list[Exchange] = []
        """The harness's own."""
        self._writers: dict[int, str] = {}
        faulty = Intercepted(self._site.transport, self.interceptors)
        self._transport: Transport = Observed(faulty, self.clock, self.requests, self._writers)
        own: Transport = Observed(self._site.transport, self.clock, self.own_requests, self._writers)
        self.client = Client(own if self.stands_still else Patient(own, PATIENCE), HARNESS)
        """The harness's own door: no fault is put on it."""
        self._recorder = Recorder(self.client, self.namespace, self.clock, self.history)
        self.driver: Driver
        """What advances it."""
        if isinstance(self.clock, VirtualClock):
            self.driver = Simulation(self.clock, cast.seed, self._recorder.drain)
            self.interceptors.append(self.driver.request)
        else:
            self.driver = Threads(self.clock, bell, self._recorder.drain)
        for clockwork in self._site.clockwork:
            self.driver.add(clockwork)
        self._agents = workload.agents or cast.release
        self._fleet: Fleet | None = None
        self._scripts: dict[str, Script] = {}
        try:
            provision(self.client, self.clock, self.namespace, workload, self._agents)
            around = (Wires(), TalkingDisk()) if self.stands_still else (Loopback(bell.ring), WatchedDisk())
            self._fleet = Fleet(self._transport, self.clock, self.namespace, around, (self.driver, self._agents))
            self.driver.add(self._fleet)
            self.start_controller()
            self.catch_up()
        except BaseException:
            self.close()
            raise

    @property
    def namespace(self) -> str:
        """Where everything is."""
        return self._site.namespace

    @property
    def audit(self) -> Audit:
        """What the API server saw."""
        return self._site.audit

    def writer(self, revision: int) -> str:
        """Who committed it, as far as that is known: who was told so, or else whom the API server saw; or ``""``."""
        return self._writers.get(revision) or self.audit.writer(revision)

    @property
    def clock(self) -> Clock:
        """The world's time."""
        return self._site.clock

    def uid(self, pod: str) -> str:
        """The uid of a Pod that is there now, ``""`` when it is not."""
        found = self.history.state.get(PODS, (self.namespace, pod))
        return uid_of(found) if found is not None else ""

    def tell(self, pod: str, **changes: Any) -> None:
        """The database of ``pod`` does otherwise from now on: fields of ``Script`` that change; ``actions`` are added
        to those that it has been told of. The agent hears of it through a ConfigMap, as it would in any cluster.
        """
        script = self.script(pod)
        actions = {**script.actions, **changes.pop("actions", {})}
        told = script.model_copy(update={"up": True, "actions": actions, **changes})
        data = {"data": {KEY: encode(told)}}
        if pod in self._scripts:
            self.client.patch(CONFIG_MAPS, self.namespace, config_map_of(pod), data)
        else:
            metadata = {"name": config_map_of(pod), "namespace": self.namespace}
            self.client.create(CONFIG_MAPS, {"metadata": metadata, **data})
        self._scripts[pod] = told

    def scale(self, replicas: int) -> None:
        """Have so many replicas. Raises InputError when there is nowhere to load their data from."""
        Scaling(self.client, self.clock, self.namespace, self.workload, self._agents).to(replicas)

    @property
    def pods(self) -> PodLife:
        """What can happen to single Pods."""
        return PodLife(self.client, self.clock, self.namespace, self.workload, self._agents)

    @property
    def stands_still(self) -> bool:
        """Whether no time passes here while this machine does something else."""
        return isinstance(self.clock, VirtualClock)

    def skip(self, micros: int) -> None:
        """All processes stand still for so long, as on a suspended machine. Raises InputError in live worlds."""
        if not isinstance(self.clock, VirtualClock):
            raise InputError("time cannot be skipped where the wall's clock runs")
        self.clock.advance_to(self.clock.micros() + micros)

    def script(self, pod: str) -> Script:
        """What the database of ``pod`` was told."""
        return self._scripts.get(pod, Script())

    def until(self, predicate: Callable[[], bool], deadline: int) -> bool:
        """Let the world go on until ``predicate`` holds on its history, or its clock reaches ``deadline``."""
        while True:
            try:
                return self.driver.until(predicate, deadline)
            except Killed:
                self.stop_controller()
                self.start_controller()

    def catch_up(self) -> None:
        """Let the history come up to what is in the cluster now. Raises NoAnswer when it does not."""
        if self.stands_still:
            self._recorder.drain()  # a watch in this process has everything at once
            return
        if not self.until(self._recorder.up_to_now(), self.clock.micros() + CATCH_UP_WITHIN):
            raise NoAnswer(f"the watches are more than {CATCH_UP_WITHIN // SECOND}s behind")

    def start_controller(self, release: str = "") -> None:
        """Start the controller, if this world has one and it is not running; its caches are empty then. With a
        ``release``, it is that one's from now on.
        """
        self._release = release or self._release
        if self._cast.controller == "none" or self._controller is not None:
            return
        release = self._release
        self._controller = event_controller(self._transport, self.clock, self.namespace, release, self._cast.workers)
        for actor in self._controller.actors():
            self.driver.add(actor)

    def stop_controller(self) -> None:
        """Stop it as a killed process stops: between two writes at the earliest, and what was queued is forgotten."""
        if self._controller is None:
            return
        for actor in self._controller.actors():
            self.driver.remove(actor)
        self._controller.stop()
        self._controller = None

    def close(self) -> None:
        """Stop everything and give the site back."""
        self.stop_controller()
        if self._fleet is not None:
            self.driver.remove(self._fleet)
            self._fleet.stop()
        self.driver.close()
        self._recorder.drain()
        self._recorder.stop()
        self._site.close()
