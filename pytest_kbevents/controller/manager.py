"""Holds controllers together: shared informers, and for each controller a queue and its workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pytest_kbevents.api.objects import Key, Object
from pytest_kbevents.api.resources import Resource
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import Clock
from pytest_kbevents.controller.cached import CachedReader
from pytest_kbevents.controller.informer import Informer
from pytest_kbevents.controller.leader import LeaderElector
from pytest_kbevents.controller.observer import Observer
from pytest_kbevents.controller.queue import WorkQueue
from pytest_kbevents.controller.ranking import RankFunction
from pytest_kbevents.controller.ratelimit import RateLimiter
from pytest_kbevents.controller.reconcile import Reconciler
from pytest_kbevents.controller.store import IndexFunction
from pytest_kbevents.controller.worker import Worker

Predicate = Callable[[Object], bool]


@dataclass(frozen=True, slots=True)
class _Controller:
    name: str
    queue: WorkQueue
    workers: list[Worker]


class Manager:
    """``actors`` are what a driver advances until ``stop``. An empty ``namespace`` is all of them."""

    def __init__(self, client: Client, namespace: str, clock: Clock, limiter: Callable[[], RateLimiter]) -> None:
        self._client = client
        self._namespace = namespace
        self._clock = clock
        self._limiter = limiter
        self._informers: dict[Resource, Informer] = {}
        self._controllers: list[_Controller] = []
        self._synced = False
        self._resync: int | None = None
        self._elector: LeaderElector | None = None

    def reader(self, resources: Iterable[Resource]) -> CachedReader:
        """Reads of these kinds from shared caches."""
        for resource in resources:
            self._informer(resource)
        return CachedReader(self._informers)

    def index(self, resource: Resource, name: str, function: IndexFunction) -> None:
        """Let the shared cache of a kind be read by that index, too."""
        self._informer(resource).store.add_index(name, function)

    def resync_every(self, micros: int) -> None:
        """Hand every cached object to its reconcilers again each time that long has passed (controller-runtime:
        SyncPeriod). Before the first step; otherwise never.
        """
        self._resync = micros
        for informer in self._informers.values():
            informer.resync_every(micros)

    def recover(self) -> None:
        """Let a mistake in a reconciler be logged and its key be tried again, instead of ending everything
        (controller-runtime: RecoverPanic).
        """
        for controller in self._controllers:
            for worker in controller.workers:
                worker.recover()

    def elect(self, elector: LeaderElector) -> None:
        """Let workers work only while this process leads; caches are kept up to date all the same."""
        self._elector = elector

    def observe(self, of: Callable[[str, int], Observer]) -> None:
        """Let what happens be seen: ``of`` is asked for the observer of each controller, by name and number of workers.
        Before the first step.
        """
        for controller in self._controllers:
            observer = of(controller.name, len(controller.workers))
            controller.queue.observe(observer)
            for worker in controller.workers:
                worker.observe(observer, self._clock)

    def rank(self, resource: Resource, name: str, function: RankFunction) -> None:
        """Let the shared cache of a kind keep what ``function`` reads out of its objects, by rank."""
        self._informer(resource).store.add_ranking(name, function)

    def reconcile(
        self, watched: Resource, reconciler: Reconciler, workers: int, wanted: Predicate | None = None
    ) -> None:
        """Hand every added, changed or deleted ``watched`` object to ``reconciler``, on that many workers with a queue
        of their own. With ``wanted`` only those that are there and that it says yes to. Several may watch one kind.
        """
        queue, informer = WorkQueue(self._clock, self._limiter()), self._informer(watched)
        informer.on_change(queue.add if wanted is None else _filtered(informer, wanted, queue))
        begun = sum(len(controller.workers) for controller in self._controllers)
        made = [Worker(f"worker {begun + n}", queue, reconciler, self._may_work) for n in range(workers)]
        self._controllers.append(_Controller(self._free_name(watched), queue, made))

    def actors(self) -> list[Informer | Worker | LeaderElector]:
        """Everything that wants to be advanced."""
        workers = [worker for controller in self._controllers for worker in controller.workers]
        election = [] if self._elector is None else [self._elector]
        return [*self._informers.values(), *election, *workers]

    def synced(self) -> bool:
        """Whether every cache is filled; once they are, they stay so."""
        self._synced = self._synced or all(informer.synced for informer in self._informers.values())
        return self._synced

    def unsynced(self) -> list[str]:
        """The kinds whose caches are not filled yet."""
        return [resource.qualified for resource, informer in self._informers.items() if not informer.synced]

    def lost(self) -> bool:
        """Whether this process led and does not any more; no worker is due again, and it had better end."""
        return self._elector is not None and self._elector.lost()

    def stop(self) -> None:
        """End the watches; what is queued is lost, as in a process that dies."""
        for informer in self._informers.values():
            informer.stop()

    def _informer(self, resource: Resource) -> Informer:
        if resource not in self._informers:
            namespace = self._namespace if resource.namespaced else ""
            informer = self._informers[resource] = Informer(self._client, resource, namespace, self._clock)
            if self._resync is not None:
                informer.resync_every(self._resync)
        return self._informers[resource]

    def _free_name(self, watched: Resource) -> str:
        """As controller-runtime names it, by the kind; a second one of a kind is numbered."""
        name = watched.kind.lower()
        others = sum(controller.name.partition("-")[0] == name for controller in self._controllers)
        return f"{name}-{others + 1}" if others else name

    def _may_work(self) -> bool:
        return self.synced() and (self._elector is None or self._elector.leading())


def _filtered(informer: Informer, wanted: Predicate, queue: WorkQueue) -> Callable[[Key], None]:
    def tell(key: Key) -> None:
        obj = informer.get(key)
        if obj is not None and wanted(obj):
            queue.add(key)

    return tell
