"""A watch on the store: commits become watch items, through selectors, in order, for one reader."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from pytest_kbevents.api.http import ADDED, DELETED, WatchEvent
from pytest_kbevents.api.objects import Object, with_metadata
from pytest_kbevents.apiserver.store import Commit, Store

Selects = Callable[[Object], bool]


class Subscription:
    """The in-process WatchStream; ``wait`` serves the HTTP door, whose threads may block."""

    def __init__(self, selects: Selects) -> None:
        self._selects = selects
        self._items: deque[WatchEvent] = deque()
        self._news = threading.Condition()
        self._ended = False
        self._unsubscribe: Callable[[], None] = lambda: None

    def start(self, store: Store, resource: str, after: int | None) -> None:
        """Begin to hear commits. Raises Gone."""
        self._unsubscribe = store.subscribe(resource, after, self._hear)

    def ready(self) -> bool:
        return bool(self._items) or self._ended

    def take(self) -> WatchEvent | None:
        return self._items.popleft() if self._items else None

    def ended(self) -> bool:
        return self._ended and not self._items

    def wait(self, seconds: float) -> bool:
        """Wait until ``ready``, at most that long; says whether it is."""
        with self._news:
            return self._news.wait_for(self.ready, seconds)

    def close(self) -> None:
        self._unsubscribe()
        with self._news:
            self._ended = True
            self._news.notify_all()

    def _hear(self, commit: Commit) -> None:
        item = self._item(commit)
        if item is not None:
            with self._news:
                self._items.append(item)
                self._news.notify_all()

    def _item(self, commit: Commit) -> WatchEvent | None:
        """An object that starts to match is ADDED, one that stops is DELETED, as the real server's cacher tells it."""
        before = commit.previous is not None and self._selects(commit.previous)
        now = commit.type != DELETED and self._selects(commit.object)
        if now:
            return WatchEvent(commit.type if before else ADDED, commit.object)
        if not before or commit.previous is None:
            return None
        return WatchEvent(DELETED, with_metadata(commit.previous, resourceVersion=str(commit.revision)))
