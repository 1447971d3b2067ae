"""The kubelet's part: an agent for each Pod that runs, none for one that is gone."""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import Protocol

from pytest_kbevents.agent.event import Identity
from pytest_kbevents.agent.kbagent import KbAgent
from pytest_kbevents.agent.probe import ProbeConfig
from pytest_kbevents.agent.prober import Prober
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.agent.reporter import Reporter
from pytest_kbevents.agent.script import Answer, Script
from pytest_kbevents.api.http import DELETED, WatchEvent
from pytest_kbevents.api.names import INSTANCE_SET_LABEL, ROLE_LABEL
from pytest_kbevents.api.objects import Object, labels_of, name_of, namespace_of, uid_of
from pytest_kbevents.api.resources import PODS
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.follower import Follower
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import Clock

AgentActor = Prober | Reporter


class Host(Protocol):
    """Runs the actors of agents that come and go."""

    def add(self, actor: AgentActor) -> None:
        """Advance it from now on."""

    def remove(self, actor: AgentActor) -> None:
        """Advance it no more."""


class Fleet:
    """Starts an agent when its Pod is there and its database answers; stops it when either goes."""

    name = "fleet of agents"

    def __init__(
        self,
        transport: Transport,
        clock: Clock,
        namespace: str,
        probe: tuple[ProbeConfig, str],
        host: Host,
    ) -> None:
        self._config, release = probe
        self._behaviours = TABLE[release]
        self._transport = transport
        self._clock = clock
        self._host = host
        self._scripts: defaultdict[str, Script] = defaultdict(Script)
        self._up: set[str] = set()
        self._agents: dict[str, KbAgent] = {}
        self._lock = threading.RLock()
        client = Client(transport, self.name.replace(" ", "-"))
        listing = client.listing(PODS, namespace)
        self._pods = {name_of(pod): pod for pod in listing.items}
        self._changes = Follower(client, PODS, namespace, listing.revision)

    def answer(self, pod: str, action: str, answer: Answer) -> None:
        """The database of ``pod`` is up and answers this from now on."""
        with self._lock:
            self._scripts[pod].set(action, answer)
            self._up.add(pod)
            self._settle(pod)

    def down(self, pod: str) -> None:
        """The Pod's containers are dead; the Pod object stays, as when a node is lost."""
        with self._lock:
            self._up.discard(pod)
            self._settle(pod)

    def due(self) -> int | None:
        """Now when a Pod changed."""
        return self._clock.micros() if self._changes.ready() else None

    def step(self) -> None:
        """Follow one change of one Pod."""
        item = self._changes.take()
        if item is not None:
            with self._lock:
                self._follow(item)

    def stop(self) -> None:
        """Every agent dies."""
        self._changes.close()
        with self._lock:
            for pod in tuple(self._agents):
                self._stop(pod)

    def _follow(self, item: WatchEvent) -> None:
        name = name_of(item.object)
        before = self._pods.pop(name, None)
        if item.type != DELETED:
            self._pods[name] = item.object
        if before is not None and uid_of(before) != uid_of(item.object):
            self._stop(name)
        self._settle(name)
        agent = self._agents.get(name)
        if agent is not None and before is not None and _role(before) != _role(item.object):
            agent.role_label_changed()

    def _settle(self, pod: str) -> None:
        runs = pod in self._up and pod in self._pods
        if runs and pod not in self._agents:
            self._start(self._pods[pod])
        elif not runs and pod in self._agents:
            self._stop(pod)

    def _start(self, pod: Object) -> None:
        identity = Identity(namespace_of(pod), name_of(pod), uid_of(pod), pod.get("spec", {}).get("nodeName", ""))
        who = (identity, labels_of(pod).get(INSTANCE_SET_LABEL, ""))
        probe = (self._config, self._behaviours)
        agent = KbAgent(self._transport, who, probe, self._scripts[identity.pod], self._clock)
        self._agents[identity.pod] = agent
        for actor in agent.actors():
            self._host.add(actor)

    def _stop(self, pod: str) -> None:
        agent = self._agents.pop(pod, None)
        for actor in agent.actors() if agent else ():
            self._host.remove(actor)


def _role(pod: Object) -> str:
    return labels_of(pod).get(ROLE_LABEL, "")
