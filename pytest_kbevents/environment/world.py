"""One world: an isolated namespace with a workload, its agents, perhaps a controller, and the record of it all."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pytest_kbevents.agent.database.script import Script
from pytest_kbevents.agent.kubelet.disk import TalkingDisk, WatchedDisk
from pytest_kbevents.agent.kubelet.fleet import Fleet
from pytest_kbevents.agent.streams.loopback import Loopback
from pytest_kbevents.agent.streams.network import Wires
from pytest_kbevents.api.names import AGENT
from pytest_kbevents.api.objects import revision_of, uid_of
from pytest_kbevents.api.resources import ENDPOINT_SLICES, NAMESPACES, PODS
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.interceptor import Intercepted, Interceptor
from pytest_kbevents.client.patient import Patient
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import SECOND, Clock, VirtualClock
from pytest_kbevents.cluster.backend import Audit, Backend, Site
from pytest_kbevents.environment.actor import Driver
from pytest_kbevents.environment.bell import Bell
from pytest_kbevents.environment.caller import Caller
from pytest_kbevents.environment.cleaning import clean
from pytest_kbevents.environment.controllers.hosting import hosted
from pytest_kbevents.environment.databases import Databases
from pytest_kbevents.environment.kubelets import Kubelets
from pytest_kbevents.environment.logs import log_of
from pytest_kbevents.environment.manifests import home, provision, settle_in
from pytest_kbevents.environment.place import Place
from pytest_kbevents.environment.pods import PodLife
from pytest_kbevents.environment.releases import TABLE as PRODUCERS
from pytest_kbevents.environment.scaling import Scaling
from pytest_kbevents.environment.simulation import Simulation
from pytest_kbevents.environment.threads import Threads
from pytest_kbevents.environment.traffic import Traffic
from pytest_kbevents.environment.workload import Workload
from pytest_kbevents.errors import InputError, NoAnswer
from pytest_kbevents.history.exchange import Exchange, Observed
from pytest_kbevents.history.history import History
from pytest_kbevents.history.managers import Managers
from pytest_kbevents.history.recorder import RECORDED, Recorder

HARNESS = "kbevents"
"""Who the harness is in audits."""
CATCH_UP_WITHIN = 30 * SECOND
READY_WITHIN = 120 * SECOND
"""Of Pods that kubelets run; on an idle machine they need two seconds."""
PATIENCE = 30.0
"""Seconds that the harness waits for a live API server that is away."""


class Killed(Exception):
    """A fault ends the controller's process here: nothing more of what it was about to do is done."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays in a world. ``controller`` is what --kb-controller takes; ``release`` is whose behaviour controller and
    agents have; ``workers`` replaces the release's own number.
    """

    controller: str
    release: str
    seed: int
    workers: int | None = None
    is_beside: bool = False
    """Agents and reference controller run in this process, though the cluster could run them."""
    keeps_failed: bool = False
    """What a run that failed has put into the cluster stays there."""


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
        self._release = workload.controller or cast.release
        self.requests: list[Exchange] = []
        """What controller and agents asked for, faults included, in the order of the answers."""
        self.own_requests: list[Exchange] = []
        """The harness's own."""
        self._writers: dict[int, str] = {}
        self._managers = Managers(self.history)
        faulty = Intercepted(self._site.transport, self.interceptors)
        self._transport: Transport = Observed(faulty, self.clock, self.requests, self._writers)
        own: Transport = Observed(self._site.transport, self.clock, self.own_requests, self._writers)
        self.client = Client(own if self.stands_still else Patient(own, PATIENCE), HARNESS)
        """The harness's own door: no fault is put on it."""
        kinds = (*RECORDED, ENDPOINT_SLICES) if self._site.is_real and workload.services else RECORDED
        since = self._home()
        self._recorder = Recorder(self.client, self.namespace, self.clock, self.history, (kinds, since))
        self.driver = self._driven(bell)
        """What advances it."""
        self._fleet: Fleet | None = None
        self.traffic: Traffic | None = None
        """What becomes of connections, where there is a network of Pods."""
        image = "" if cast.is_beside else self._site.image
        agents = workload.agents or cast.release
        site = self._site
        around = PRODUCERS[self._release]
        self.place = Place(
            self.client, self.clock, self.namespace, workload, agents, image, site.is_real, site.has_definitions, around
        )
        self._databases = Databases(self.place)
        self.kubelets = Kubelets(self.place, self.history, self._waits, self.kubeconfig)
        """Who runs the Pods, where the harness does not play that."""
        here = (self._transport, self.driver)
        self._host = hosted(cast.controller, self.place, here, cast.workers, self.kubeconfig)
        try:
            self._assemble(bell)
        except BaseException:
            self.close()
            raise

    def _driven(self, bell: Bell) -> Driver:
        if not isinstance(self.clock, VirtualClock):
            return Threads(self.clock, bell, self._recorder.drain)
        driver = Simulation(self.clock, self._cast.seed, self._recorder.drain)
        self.interceptors.append(driver.request)
        for clockwork in self._site.clockwork:
            driver.add(clockwork)
        return driver

    def _home(self) -> str:
        """The revision at which nothing was in the namespace that is recorded; ``""`` where that is to be asked for."""
        if self._site.is_made:
            return ""
        try:
            return revision_of(self.client.create(NAMESPACES, home(self._site)))
        except BaseException:
            self._site.close()
            raise

    def _assemble(self, bell: Bell) -> None:
        """Put everything in its place, and wait until it is there."""
        place = self.place
        if place.image:
            settle_in(place)
            self.start_controller(waits=False)  # Pods take their time: all of them the same time
            if self.workload.services:
                caller = Caller(self.client, self.namespace, place.image)
                caller.start()
                self.traffic = Traffic(self.history, self.namespace, caller)
        provision(place)
        if not place.image:
            around = (Wires(), TalkingDisk()) if self.stands_still else (Loopback(bell.ring), WatchedDisk())
            self._fleet = Fleet(self._transport, self.clock, self.namespace, around, (self.driver, place.agents))
            self.driver.add(self._fleet)
            self.start_controller(waits=False)
        self.catch_up(self.own_requests)
        self.kubelets.until_ready(self.workload.pods)
        self._host.wait()

    def _waits(self, is_so: Callable[[], bool]) -> bool:
        """For what takes the cluster's own time."""
        return self.until(is_so, self._within(READY_WITHIN))

    def _within(self, micros: int) -> int:
        return self.clock.micros() + micros

    @property
    def namespace(self) -> str:
        """Where everything is."""
        return self._site.namespace

    @property
    def kubeconfig(self) -> Path | None:
        """How other programs reach the cluster; None when they cannot."""
        return self._site.kubeconfig

    @property
    def audit(self) -> Audit:
        """What the API server saw."""
        return self._site.audit

    def writer(self, revision: int) -> str:
        """Who committed it, as far as that is known: who was told so, or else whom the API server saw, or whose fields
        the object says it has; or ``""``.
        """
        return self._writers.get(revision) or self.audit.writer(revision) or self._managers.writer(revision)

    def writers(self) -> set[str]:
        """All who committed something, as far as objects say it; ``set()`` where every request is seen."""
        return self._managers.all() if self.place.image else set()

    @property
    def clock(self) -> Clock:
        """The world's time."""
        return self._site.clock

    def uid(self, pod: str) -> str:
        """The uid of a Pod that is there now, ``""`` when it is not."""
        found = self.history.state.get(PODS, (self.namespace, pod))
        return uid_of(found) if found is not None else ""

    def tell(self, pod: str, **changes: Any) -> None:
        """As ``Databases.tell``."""
        self._databases.tell(pod, **changes)

    def scale(self, replicas: int) -> None:
        """Have so many replicas. Raises InputError when there is nowhere to load their data from."""
        new = Scaling(self.place).to(replicas)
        self.kubelets.until_started(new)

    def reconcile(self, variables: Mapping[str, str]) -> None:
        """One more pass of the component's controller, with these variables. Raises InputError as ``scale``."""
        Scaling(self.place).reconcile(variables)

    @property
    def pods(self) -> PodLife:
        """What can happen to single Pods."""
        return PodLife(self.place)

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
        return self._databases.script(pod)

    def until(self, predicate: Callable[[], bool], deadline: int) -> bool:
        """Let the world go on until ``predicate`` holds on its history, or its clock reaches ``deadline``."""
        while True:
            try:
                return self.driver.until(predicate, deadline)
            except Killed:
                self.stop_controller()
                self.start_controller()

    def catch_up(self, wrote: Sequence[Exchange] | None = None) -> None:
        """Let the history come up to what the harness ``wrote``; to what is in the cluster now, where that is not given
        or cannot be known by it. Raises NoAnswer when it does not.
        """
        if self.stands_still:
            self._recorder.drain()  # a watch in this process has everything at once
            return
        known = None if wrote is None or self._site.is_made else self._recorder.up_to(wrote)
        if not self.until(known or self._recorder.up_to_now(), self._within(CATCH_UP_WITHIN)):
            raise NoAnswer(f"the watches are more than {CATCH_UP_WITHIN // SECOND}s behind")

    def start_controller(self, release: str = "", *, waits: bool = True) -> None:
        """Start the controller, if this world has one and it is not running; its caches are empty then. With a
        ``release``, it is that one's from now on. Raises ClusterFailed when it does not come up.
        """
        self._release = release or self._release
        self._host.start(self._release)
        if waits:
            self._host.wait()

    def stop_controller(self) -> None:
        """Stop it as a killed process stops: between two writes at the earliest, and what was queued is forgotten."""
        self._host.stop()

    def logs(self) -> dict[str, str]:
        """What there is of logs, by who wrote them: of controllers and agents that are processes of their own."""
        found = {"controller": self._host.log()}
        if self.place.image:
            found |= {pod: log_of(self.client, self.namespace, pod, AGENT) for pod in self.workload.pods}
        return {who: text for who, text in found.items() if text}

    def close(self, *, keeps: bool = False) -> None:
        """Stop everything and give the site back; clusters that go on are cleaned, unless it ``keeps`` that."""
        self.kubelets.uncordon()
        self._host.close()
        if self._fleet is not None:
            self.driver.remove(self._fleet)
            self._fleet.stop()
        self.driver.close()
        self._recorder.drain()
        self._recorder.stop()
        if self._site.cleans and not keeps:
            own, made = self.own_requests, self._site.is_made
            left = clean(self.client, self.namespace, own, self.history.state, is_made=made)
            self._site.close()
            if left:
                warnings.warn(f"left in the cluster, delete it by hand: {'; '.join(left)}", stacklevel=2)
        else:
            self._site.close()
