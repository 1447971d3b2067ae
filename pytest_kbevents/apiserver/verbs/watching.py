"""watch: commits become watch items, through selectors, in order, for one reader."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from pytest_kbevents.api import status
from pytest_kbevents.api.http import ADDED, BOOKMARK, DELETED, ERROR, WatchEvent
from pytest_kbevents.api.objects import Object, with_metadata
from pytest_kbevents.apiserver.served import Served
from pytest_kbevents.apiserver.store import Commit, Store
from pytest_kbevents.apiserver.verbs import list_options, selecting
from pytest_kbevents.apiserver.verbs.call import Call
from pytest_kbevents.apiserver.verbs.selecting import Selects
from pytest_kbevents.errors import Gone

MOST_WAITING = 10_000
"""Items that a watch keeps for a reader who does not take them; then it ends, and the reader resumes or lists."""
INITIAL_EVENTS_END = "k8s.io/initial-events-end"


@dataclass(frozen=True, slots=True)
class _Interest:
    served: Served
    namespace: str
    selects: Selects

    def has(self, obj: Object) -> bool:
        return (not self.namespace or obj["metadata"].get("namespace") == self.namespace) and self.selects(obj)


class Subscription:
    """The in-process WatchStream; ``wait`` serves the HTTP door, whose threads may block."""

    def __init__(self, interest: _Interest, *, bookmarks: bool) -> None:
        self.bookmarks = bookmarks
        """The reader understands bookmarks."""
        self.turn: Callable[[Object], Object] | None = None
        """What the reader wants to see instead of each object, bookmarks too; None for the object itself."""
        self._interest = interest
        self._items: deque[WatchEvent] = deque()
        self._news = threading.Condition()
        self._ended = False
        self._replaying = True
        self._unsubscribe: Callable[[], None] = lambda: None

    def start(self, store: Store, after: int | None) -> None:
        """Begin to hear commits; a revision that is gone is an item, and the end."""
        try:
            self._unsubscribe = store.subscribe(self._interest.served.shelf, after, self._hear)
        except Gone as error:
            self._put(WatchEvent(ERROR, status.failure(error)))
            self._ended = True
        self._replaying = False

    def ready(self) -> bool:
        return bool(self._items) or self._ended

    def take(self) -> WatchEvent | None:
        if not self._items:
            return None
        item = self._items.popleft()
        if item.type == ERROR or (item.type == BOOKMARK and self.turn is None):
            return item
        obj = item.object if item.type == BOOKMARK else self._interest.served.shown(item.object)
        return WatchEvent(item.type, obj if self.turn is None else self.turn(obj))

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

    def progress(self, revision: int) -> WatchEvent:
        """A bookmark for now, as the reader wants to see it."""
        mark = self.bookmark(revision)
        return mark if self.turn is None else WatchEvent(BOOKMARK, self.turn(mark.object))

    def bookmark(self, revision: int, **annotations: str) -> WatchEvent:
        """An item that tells nothing but how far the watch is."""
        resource = self._interest.served.resource
        metadata = {"resourceVersion": str(revision), **({"annotations": annotations} if annotations else {})}
        return WatchEvent(BOOKMARK, {"kind": resource.kind, "apiVersion": resource.api_version, "metadata": metadata})

    def end_initial_events(self, revision: int) -> None:
        """Tell the reader that what was there has been sent."""
        self._put(self.bookmark(revision, **{INITIAL_EVENTS_END: "true"}))

    def _hear(self, commit: Commit) -> None:
        item = self._item(commit)
        if item is not None:
            self._put(item)
            if len(self._items) > MOST_WAITING and not self._replaying:
                self.close()

    def _put(self, item: WatchEvent) -> None:
        with self._news:
            self._items.append(item)
            self._news.notify_all()

    def _item(self, commit: Commit) -> WatchEvent | None:
        """An object that starts to match is ADDED, one that stops is DELETED, as the real server's cacher tells it."""
        has = self._interest.has
        before = commit.previous is not None and has(commit.previous)
        now = commit.type != DELETED and has(commit.object)
        if now:
            return WatchEvent(commit.type if before else ADDED, commit.object)
        if not before or commit.previous is None:
            return None
        return WatchEvent(DELETED, with_metadata(commit.previous, resourceVersion=str(commit.revision)))


def watch(store: Store, call: Call) -> Subscription:
    """Changes after ``resourceVersion``; without one, or with 0, the current objects first.

    Raises:
        Invalid, BadRequest: options that do not go together, or a selector that is none.
    """
    options = list_options.of({**call.query, "watch": "true"})
    interest = _Interest(call.route.served, call.route.namespace, selecting.of(call.route, call.query))
    subscription = Subscription(interest, bookmarks=options.bookmarks)
    begins_with_all = options.initial_events or (options.initial_events is None and not options.revision)
    if options.initial_events is False and not options.revision:
        subscription.start(store, store.revision)
    else:
        subscription.start(store, None if begins_with_all else options.revision)
    if options.initial_events and options.bookmarks:
        subscription.end_initial_events(store.revision)
    return subscription
