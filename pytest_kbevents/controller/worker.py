"""Takes one key at a time from the queue to the reconciler; the only place that turns an error into a retry."""

from __future__ import annotations

import logging
from collections.abc import Callable

from pytest_kbevents.api.objects import Key
from pytest_kbevents.clock import SECOND, Clock
from pytest_kbevents.controller.observer import Observer, ResultName
from pytest_kbevents.controller.queue import WorkQueue
from pytest_kbevents.controller.reconcile import Reconciler
from pytest_kbevents.errors import ApiError, NoAnswer, NotNow

_LOG = logging.getLogger(__name__)


class Worker:
    """One worker; several may share a queue. Waits until ``ready`` says that the caches are filled."""

    def __init__(self, name: str, queue: WorkQueue, reconciler: Reconciler, ready: Callable[[], bool]) -> None:
        self.name = name
        self._queue = queue
        self._reconciler = reconciler
        self._ready = ready
        self._observed: tuple[Observer, Clock] | None = None
        self._recovers = False

    def recover(self) -> None:
        """Take any error from now on for one that passes: it is logged, and the key comes again."""
        self._recovers = True

    def observe(self, observer: Observer, clock: Clock) -> None:
        """Tell ``observer`` of each key, and how long it took by ``clock``, from now on."""
        self._observed = (observer, clock)

    def due(self) -> int | None:
        """When the queue has a key."""
        return self._queue.due() if self._ready() else None

    def step(self) -> None:
        """Process one key, if another worker has not taken it."""
        self.process_next()

    def process_next(self) -> bool:
        """Process one key; False when none is due."""
        key = self._queue.get()
        if key is None:
            return False
        if self._observed is None:
            self._process(key)
            return True
        observer, clock = self._observed
        begun = clock.micros()
        result: ResultName = "error"
        try:
            result = self._process(key)
        finally:
            observer.done(result, (clock.micros() - begun) / SECOND)
        return True

    def _process(self, key: Key) -> ResultName:
        try:
            result = self._reconciler.reconcile(key)
        except (ApiError, NoAnswer, NotNow) as error:
            _LOG.info("%s/%s again later: %s", *key, error)
            self._queue.add_rate_limited(key)
            return "error"
        except Exception:
            if not self._recovers:
                raise
            _LOG.exception("%s/%s: a mistake of kbevents, please report it; again later", *key)
            self._queue.add_rate_limited(key)
            return "error"
        else:
            self._queue.forget(key)
            if result.requeue_after is None:
                return "success"
            self._queue.add_after(key, result.requeue_after)
            return "requeue_after"
        finally:
            self._queue.done(key)
