"""The work queue: each key once, never on two workers, failures later (client-go: ``workqueue``)."""

from __future__ import annotations

import heapq
import threading
from collections import deque

from pytest_kbevents.api.objects import Key
from pytest_kbevents.clock import SECOND, Clock
from pytest_kbevents.controller.observer import Observer
from pytest_kbevents.controller.ratelimit import RateLimiter


class WorkQueue:
    """Keys to reconcile. A key added while it is worked on comes again afterwards, once."""

    def __init__(self, clock: Clock, limiter: RateLimiter) -> None:
        self._clock = clock
        self._limiter = limiter
        self._lock = threading.RLock()
        self._queue: deque[Key] = deque()
        self._dirty: set[Key] = set()
        self._processing: set[Key] = set()
        self._waiting: list[tuple[int, Key]] = []
        self._observer: Observer | None = None
        self._added_at: dict[Key, int] = {}

    def observe(self, observer: Observer) -> None:
        """Tell ``observer`` from now on. Before the first key."""
        self._observer = observer

    def add(self, key: Key) -> None:
        """To be worked on as soon as a worker is free."""
        with self._lock:
            if key in self._dirty:
                return
            self._dirty.add(key)
            if self._observer is not None:
                self._added_at[key] = self._clock.micros()
                self._observer.added()
            if key not in self._processing:
                self._queue.append(key)

    def add_after(self, key: Key, micros: int) -> None:
        """To be worked on in ``micros``, or earlier if it is added meanwhile (then both times)."""
        with self._lock:
            heapq.heappush(self._waiting, (self._clock.micros() + micros, key))
            if self._observer is not None:
                self._observer.retried()

    def add_rate_limited(self, key: Key) -> None:
        """It failed: again after the limiter's delay."""
        with self._lock:
            self.add_after(key, self._limiter.when(key))

    def forget(self, key: Key) -> None:
        """It succeeded: its back-off starts anew next time."""
        with self._lock:
            self._limiter.forget(key)

    def get(self) -> Key | None:
        """The next key, now being processed until ``done``; None when nothing is due."""
        with self._lock:
            self._admit()
            if not self._queue:
                return None
            key = self._queue.popleft()
            self._processing.add(key)
            self._dirty.discard(key)
            if self._observer is not None:
                self._observer.taken((self._clock.micros() - self._added_at.pop(key)) / SECOND)
            return key

    def done(self, key: Key) -> None:
        """The worker is through with it, well or not."""
        with self._lock:
            self._processing.discard(key)
            if key in self._dirty:
                self._queue.append(key)

    def due(self) -> int | None:
        """When ``get`` will have a key, in microseconds since the epoch; None while nothing waits."""
        with self._lock:
            if self._queue:
                return self._clock.micros()
            return self._waiting[0][0] if self._waiting else None

    def _admit(self) -> None:
        now = self._clock.micros()
        while self._waiting and self._waiting[0][0] <= now:
            self.add(heapq.heappop(self._waiting)[1])
