"""One Pod as its kubelet sees it: the worker first, where there is one, then the agent, for as long as both may run."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Protocol

from pytest_kbevents.agent.config import environment as config
from pytest_kbevents.agent.database.script import Script, newly_asked
from pytest_kbevents.agent.database.scripted import ScriptedDatabase
from pytest_kbevents.agent.kbagent import KbAgent, Surroundings
from pytest_kbevents.agent.kubelet.container import Data, address_of, container_of, environ
from pytest_kbevents.agent.kubelet.disk import Disk
from pytest_kbevents.agent.panic import Panic
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.agent.streams.network import Network
from pytest_kbevents.agent.tasks.worker import DONE, PANIC, Worker
from pytest_kbevents.api.names import AGENT, ROLE_FILE, ROLE_FILE_FOLDER, ROLE_LABEL, WORKER
from pytest_kbevents.api.objects import Object, labels_of, name_of
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import SECOND, Clock
from pytest_kbevents.errors import ApiError, NoAnswer

NOTICED = SECOND
"""After which a kubelet sees that a container has ended; after the first time it starts it again at once."""
SHORTEST_BACK_OFF, LONGEST_BACK_OFF = 10 * SECOND, 300 * SECOND
"""Before a container that failed again is started again; it doubles (kubelet: CrashLoopBackOff)."""

ROLE_PATH = f"{ROLE_FILE_FOLDER}/{ROLE_FILE}"

_LOG = logging.getLogger(__name__)


class Host(Protocol):
    """Runs the actors of agents that come and go."""

    def add(self, actor: Any) -> None:
        """Advance it from now on."""

    def remove(self, actor: Any) -> None:
        """Advance it no more."""


@dataclass(frozen=True, slots=True)
class Node:
    """What all Pods share."""

    transport: Transport
    clock: Clock
    network: Network
    disk: Disk
    host: Host
    data: Data
    """ConfigMaps, as they are now. Raises ApiError, NoAnswer."""
    ready: Callable[[str], None]
    """Told of a Pod whose init containers are done."""
    lock: AbstractContextManager[object]
    """Held while Pods change: a worker ends on a thread of its own."""


class BackOff:
    """An actor that waits: a container that failed is started again then."""

    name = "back-off of a container"

    def __init__(self, until: int, over: Callable[[], None]) -> None:
        self._until, self.step = until, over

    def due(self) -> int:
        """When it is over, in microseconds since the epoch."""
        return self._until


class PodRunner:
    """Runs one Pod's containers."""

    def __init__(self, pod: Object, node: Node, release: str) -> None:
        """Nothing runs before ``tell``."""
        self.pod = pod
        self._node = node
        self._release = release
        self._script: Script | None = None
        node.disk.put(name_of(pod), ROLE_PATH, _role(pod))
        self.database = ScriptedDatabase(name_of(pod))
        """Outlives the agent's process."""
        self._worker: Worker | None = None
        self._agent: KbAgent | None = None
        self._back_off: BackOff | None = None
        self._failures = 0
        runs = pod.get("status", {}).get("phase") == "Running"
        self._is_initialised = runs or container_of(pod, WORKER) is None
        if self._is_initialised and not runs and container_of(pod, AGENT) is not None:
            node.ready(name_of(pod))

    def tell(self, script: Script | None) -> None:
        """What its database does from now on, and whether its containers run. Without a script nothing can be probed:
        then only what other Pods may ask for is there.
        """
        before, self._script = self._script or Script(), script
        if script is not None:
            if (before.life, before.release) != (script.life, script.release):
                self.stop()
            self.database.tell(script)
        self._settle()
        if self._agent is not None and script is not None:
            for action in newly_asked(before, script):
                self._agent.run_at_once(action)

    def changed(self, pod: Object) -> None:
        """The Pod's object changed: its role label is written into the file that the agent may watch."""
        before, self.pod = self.pod, pod
        if _role(before) != _role(pod):
            self._node.disk.write(name_of(pod), ROLE_PATH, _role(pod))

    def file_changed(self, path: str) -> None:
        """A file was replaced, by renaming: its agent may watch it, or the folder that it is in."""
        if self._agent is not None:
            self._agent.file_changed(path)
            self._agent.file_changed(str(PurePosixPath(path).parent))

    def stop(self) -> None:
        """Its processes die, and the commands that they run."""
        self.database.kill()
        for actor in self._actors():
            self._node.host.remove(actor)
        if self._worker is not None:
            self._worker.stop()
        if self._agent is not None and self._agent.streaming is not None:
            self._node.network.leave(name_of(self.pod))
            self._agent.streaming.stop()
        self._worker = self._agent = self._back_off = None

    def _settle(self) -> None:
        is_up = self._script is None or self._script.up
        if not is_up:
            self.stop()
        elif self._back_off is not None:
            return  # it is looked at again when that is over
        elif not self._is_initialised:
            if self._worker is None:
                self._start_worker()
        elif self._agent is None and self._is_to_serve():
            self._start_agent()

    def _is_to_serve(self) -> bool:
        agent = container_of(self.pod, AGENT) or {}
        streams = any(entry["name"] == config.STREAMING for entry in agent.get("env") or ())
        return self._script is not None or streams

    def _start_worker(self) -> None:
        """With the environment as it is now."""
        try:
            variables = self._environ(WORKER)
            tasks = config.read_tasks(variables.get(config.TASK, ""))
            order = replace(config.read(variables), tasks=tasks)
        except (Panic, ApiError, NoAnswer) as error:
            self._start_again(WORKER, PANIC, str(error))
            return
        surroundings = (self._surroundings(), self._node.network)
        worker = Worker(
            order, surroundings, TABLE[self._of_release()], lambda code, text: self._worker_ended(worker, code, text)
        )
        self._worker = worker
        self._node.host.add(worker)

    def _worker_ended(self, worker: Worker, code: int, text: str) -> None:
        with self._node.lock:
            if worker is not self._worker:
                return  # it was stopped meanwhile
            self._node.host.remove(worker)
            self._worker = None
            if code == DONE:
                self._is_initialised, self._failures = True, 0
                self._node.ready(name_of(self.pod))
                self._settle()
            else:
                self._start_again(WORKER, code, text)

    def _start_again(self, container: str, code: int, text: str) -> None:
        _LOG.info("%s of %s ended with %d (%s), it starts again", container, name_of(self.pod), code, text)
        self._failures += 1
        back_off = BackOff(self._node.clock.micros() + _wait(self._failures), lambda: self._waited(back_off))
        self._back_off = back_off
        self._node.host.add(back_off)

    def _waited(self, back_off: BackOff) -> None:
        with self._node.lock:
            if back_off is self._back_off:
                self._node.host.remove(back_off)
                self._back_off = None
                self._settle()

    def _start_agent(self) -> None:
        try:
            behaviours = TABLE[self._of_release()]
            settings = config.read(self._environ(AGENT), needs_streaming=behaviours.needs_streaming)
        except (Panic, ApiError, NoAnswer) as error:
            self._start_again(AGENT, PANIC, str(error))
            return
        agent = KbAgent(settings, self._surroundings(), behaviours)
        self._agent = agent
        if agent.streaming is not None:
            self._node.network.listen(name_of(self.pod), address_of(self.pod), agent.streaming.accept)
        for actor in agent.actors():
            self._node.host.add(actor)

    def _actors(self) -> list[Any]:
        agent = self._agent.actors() if self._agent is not None else []
        return [*agent, *(actor for actor in (self._worker, self._back_off) if actor is not None)]

    def _surroundings(self) -> Surroundings:
        return Surroundings(self._node.transport, self._node.clock, self.database)

    def _environ(self, container: str) -> dict[str, str]:
        found = container_of(self.pod, container)
        return {} if found is None else environ(self.pod, found, self._node.data)

    def _of_release(self) -> str:
        return (self._script.release if self._script else "") or self._release


def _wait(failures: int) -> int:
    """Before the next start, after so many failures. Seen on a kubelet 1.37."""
    if failures == 1:
        return NOTICED
    return min(SHORTEST_BACK_OFF << (failures - 2), LONGEST_BACK_OFF)


def _role(pod: Object) -> str:
    return labels_of(pod).get(ROLE_LABEL, "")
