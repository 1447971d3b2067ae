"""The kubelet's part: the containers of each Pod that is there, none for one that is gone."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from pytest_kbevents.agent.database.script import Script, decode, pod_of
from pytest_kbevents.agent.kubelet.container import address_of
from pytest_kbevents.agent.kubelet.disk import Disk
from pytest_kbevents.agent.kubelet.pod import Host, Node, PodRunner
from pytest_kbevents.agent.streams.network import Network
from pytest_kbevents.api import times
from pytest_kbevents.api.http import ADDED, DELETED, WatchEvent
from pytest_kbevents.api.objects import Object, name_of, uid_of
from pytest_kbevents.api.resources import CONFIG_MAPS, PODS
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.follower import Follower
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import SECOND, Clock
from pytest_kbevents.errors import ApiError, InputError, NoAnswer, NotFound

AGAIN = SECOND
"""After which a Pod's status that could not be written is written again."""


class Fleet:
    """Starts what belongs to a Pod when it is there, and stops it when it goes."""

    name = "fleet of agents"

    def __init__(
        self,
        transport: Transport,
        clock: Clock,
        namespace: str,
        around: tuple[Network, Disk],
        cast: tuple[Host, str],
    ) -> None:
        """``cast`` is who runs the agents, and whose they are where a Pod's script does not say."""
        host, self._release = cast
        self._network, self._disk = around
        self._clock = clock
        self._namespace = namespace
        self._client = client = Client(transport, self.name.replace(" ", "-"))
        self._lock = threading.RLock()
        self._node = Node(transport, clock, *around, host, self._data, self._is_ready, self._lock)
        self._runners: dict[str, PodRunner] = {}
        self._scripts: dict[str, Script] = {}
        self._ready: list[tuple[int, str]] = []
        self._is_stopped = False
        self._disk.changed = self._file_changed
        listings = {resource: client.listing(resource, namespace) for resource in (CONFIG_MAPS, PODS)}
        self._config_maps, self._pods = (
            Follower(client, resource, namespace, listing.revision) for resource, listing in listings.items()
        )
        for item in listings[CONFIG_MAPS].items:
            self._follow_config_map(WatchEvent(ADDED, item))
        for item in listings[PODS].items:
            self._follow_pod(WatchEvent(ADDED, item))

    def due(self) -> int | None:
        """Now when something changed; or when a status is to be written."""
        if self._config_maps.ready() or self._pods.ready():
            return self._clock.micros()
        return self._ready[0][0] if self._ready else None

    def step(self) -> None:
        """Follow one change, or write one Pod's status. Raises InputError for a script that cannot be used."""
        for follower, follow in ((self._config_maps, self._follow_config_map), (self._pods, self._follow_pod)):
            if follower.ready():
                if (item := follower.take()) is not None:
                    with self._lock:
                        if not self._is_stopped:
                            follow(item)
                return
        if self._ready:
            self._write_status(self._ready.pop(0)[1])

    def stop(self) -> None:
        """Every process dies."""
        self._config_maps.close()
        self._pods.close()
        with self._lock:
            self._is_stopped = True
            for runner in self._runners.values():
                runner.stop()
            self._runners.clear()
        self._network.close()
        self._disk.close()

    def _follow_config_map(self, item: WatchEvent) -> None:
        pod = pod_of(item.object)
        if not pod:
            return
        if item.type == DELETED:
            self._scripts.pop(pod, None)
        else:
            self._scripts[pod] = _script(item.object)
        if pod in self._runners:
            self._runners[pod].tell(self._scripts.get(pod))

    def _follow_pod(self, item: WatchEvent) -> None:
        name = name_of(item.object)
        runner = self._runners.get(name)
        if runner is not None and (item.type == DELETED or uid_of(runner.pod) != uid_of(item.object)):
            self._runners.pop(name).stop()
        if item.type == DELETED:
            return
        if name in self._runners:
            self._runners[name].changed(item.object)
        else:
            runner = self._runners[name] = PodRunner(item.object, self._node, self._release)
            runner.tell(self._scripts.get(name))

    def _file_changed(self, pod: str, path: str) -> None:
        with self._lock:
            if pod in self._runners:
                self._runners[pod].file_changed(path)

    def _data(self, config_map: str) -> Mapping[str, str]:
        """Asked for: what is watched may lag behind what a new Pod was made after."""
        try:
            return self._client.get(CONFIG_MAPS, self._namespace, config_map).get("data") or {}
        except NotFound:
            return {}

    def _is_ready(self, pod: str) -> None:
        self._ready.append((self._clock.micros(), pod))

    def _write_status(self, pod: str) -> None:
        """Its init containers are done, and its containers answer."""
        with self._lock:
            if pod not in self._runners:
                return
            status = {"status": running(self._runners[pod].pod, self._clock.micros())}
        try:
            self._client.patch(PODS, self._namespace, pod, status, "status")
        except (ApiError, NoAnswer):
            self._ready.append((self._clock.micros() + AGAIN, pod))


def _script(config_map: Object) -> Script:
    try:
        return decode(config_map)
    except ValueError as error:
        raise InputError(str(error)) from None


def running(pod: Object, micros: int) -> dict[str, object]:
    """The status of a Pod that runs and is ready."""
    ready = {"type": "Ready", "status": "True", "lastTransitionTime": times.time(micros)}
    return {"phase": "Running", "podIP": address_of(pod), "conditions": [ready]}
