"""A cache of one kind, kept by list and watch: as stale as the items that its watch has not brought yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pytest_kbevents.api.http import DELETED, ERROR, WatchEvent, WatchStream
from pytest_kbevents.api.objects import Key, Object, key_of
from pytest_kbevents.api.resources import Resource
from pytest_kbevents.api.selectors import label_selector
from pytest_kbevents.client.client import Listing
from pytest_kbevents.clock import SECOND, Clock
from pytest_kbevents.controller.store import IndexFunction, Store
from pytest_kbevents.errors import ApiError, NoAnswer

FIRST_RELIST = SECOND * 8 // 10
LONGEST_RELIST = 30 * SECOND
"""Back-off of a list that fails, doubling (client-go: the reflector's)."""


class ListerWatcher(Protocol):
    """What an informer asks of a client."""

    def listing(self, resource: Resource, namespace: str = "") -> Listing: ...
    def watch(self, resource: Resource, namespace: str, revision: str) -> WatchStream: ...


class Informer:
    """One kind of one namespace. ``step`` lists, or takes one item of the watch; handlers hear of each changed key."""

    def __init__(self, client: ListerWatcher, resource: Resource, namespace: str, clock: Clock) -> None:
        self.name = f"informer {resource.plural}"
        self.synced = False
        self._client = client
        self._resource = resource
        self._namespace = namespace
        self._clock = clock
        self._store = Store()
        self._handlers: list[Callable[[Key], None]] = []
        self._stream: WatchStream | None = None
        self._list_at = clock.micros()
        self._backoff = FIRST_RELIST

    def on_change(self, handler: Callable[[Key], None]) -> None:
        """Call ``handler`` with the key of everything added, changed or deleted from now on."""
        self._handlers.append(handler)

    def add_index(self, name: str, function: IndexFunction) -> None:
        """Keep the objects by what ``function`` says of each. Before the first step."""
        self._store.add_index(name, function)

    def get(self, key: Key) -> Object | None:
        """The object as of the last item taken."""
        return self._store.get(key)

    def by_index(self, name: str, value: str) -> list[Object]:
        """The objects of which an index says ``value``, ordered by key."""
        return self._store.by_index(name, value)

    def list(self, namespace: str = "", selector: str = "") -> list[Object]:
        """The objects of a namespace that the label selector selects, ordered by key."""
        selects = label_selector(selector)
        return [obj for key, obj in self._store.items() if namespace in ("", key[0]) and selects(obj)]

    def due(self) -> int | None:
        """Now when the watch has an item; when to list, without a watch; None while the watch is silent."""
        if self._stream is None:
            return self._list_at
        return self._clock.micros() if self._stream.ready() else None

    def step(self) -> None:
        """Take one item, or list and start to watch."""
        if self._stream is None:
            self._list()
        elif (item := self._stream.take()) is not None:
            self._hear(item)
        elif self._stream.ended():
            self._relist(after=0)

    def stop(self) -> None:
        """End the watch."""
        if self._stream is not None:
            self._stream.close()

    def _list(self) -> None:
        try:
            listing = self._client.listing(self._resource, self._namespace)
            self._stream = self._client.watch(self._resource, self._namespace, listing.revision)
        except (ApiError, NoAnswer):
            self._relist(after=self._backoff)
            self._backoff = min(self._backoff * 2, LONGEST_RELIST)
            return
        self._backoff = FIRST_RELIST
        changed = self._store.replace({key_of(obj): obj for obj in listing.items})
        self.synced = True
        for key in changed:
            self._tell(key)

    def _hear(self, item: WatchEvent) -> None:
        if item.type == ERROR:  # 410 Gone in the middle of a watch
            self._relist(after=0)
            return
        key = key_of(item.object)
        self._store.put(key, None if item.type == DELETED else item.object)
        self._tell(key)

    def _relist(self, after: int) -> None:
        if self._stream is not None:
            self._stream.close()
        self._stream = None
        self._list_at = self._clock.micros() + after

    def _tell(self, key: Key) -> None:
        for handler in self._handlers:
            handler(key)
