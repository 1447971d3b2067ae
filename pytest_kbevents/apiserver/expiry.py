"""Events do not last: each ends an hour after its last write (Kubernetes: --event-ttl, a lease of etcd)."""

from __future__ import annotations

import heapq

from pytest_kbevents.api.http import DELETED
from pytest_kbevents.api.objects import Key
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.apiserver.store import Commit, Store

TTL = 3600 * 1_000_000
"""Microseconds."""


class Expiry:
    """Which Events end when, by the time of the write that a sweep before it saw last."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ends: list[tuple[int, int, Key]] = []
        """(when, revision written, key), soonest first; an Event that was written again has a later entry."""
        self._now = 0
        store.subscribe(EVENTS.qualified, store.revision, self._hear)

    def due(self) -> int | None:
        """When the next Event ends; None while there is none."""
        return self._ends[0][0] if self._ends else None

    def sweep(self, now: int) -> None:
        """Delete what has ended by ``now``; what is written from here on is written now."""
        self._now = now
        while self._ends and self._ends[0][0] <= now:
            _, revision, key = heapq.heappop(self._ends)
            event = self._store.get(EVENTS.qualified, key)
            if event is not None and event["metadata"]["resourceVersion"] == str(revision):
                self._store.remove(EVENTS.qualified, key)

    def follow_on(self, other: Expiry) -> None:
        """Take over what another, of which this is a fork, knows."""
        self._ends, self._now = other._ends.copy(), other._now

    def _hear(self, commit: Commit) -> None:
        if commit.type != DELETED:
            heapq.heappush(self._ends, (self._now + TTL, commit.revision, commit.key))
