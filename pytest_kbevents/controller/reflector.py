"""List once, then watch for ever from where the last watch ended (client-go: the reflector)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Protocol

from pytest_kbevents.api import status
from pytest_kbevents.api.http import BOOKMARK, ERROR, WatchEvent, WatchStream
from pytest_kbevents.api.objects import Object, revision_of
from pytest_kbevents.api.resources import Resource
from pytest_kbevents.client.client import Listing
from pytest_kbevents.clock import SECOND, Clock
from pytest_kbevents.errors import ApiError, Gone, NoAnswer

FIRST_BACKOFF = SECOND * 8 // 10
LONGEST_BACKOFF = 30 * SECOND
"""Between lists that fail, and watches that are refused or end at once; doubling."""
SHORTEST_WATCH = SECOND
"""A watch that ends earlier and brought nothing is a failure, or a broken server would be asked without a pause."""

_LOG = logging.getLogger(__name__)


class ListerWatcher(Protocol):
    """What a reflector asks of a client."""

    def listing(self, resource: Resource, namespace: str = "") -> Listing: ...
    def watch(self, resource: Resource, namespace: str, revision: str, *, bookmarks: bool) -> WatchStream: ...


class Sink(Protocol):
    """Who is told what is there."""

    def replace(self, objects: Sequence[Object]) -> None:
        """These and no others."""

    def hear(self, item: WatchEvent) -> None:
        """One object was added, changed or deleted."""


class Reflector:
    """Tells ``sink`` each change of one kind of one namespace, in order and once.

    A watch that ends, for whatever reason, is begun again after the last item it brought. Only when the server has
    forgotten what came after that, is there another list.
    """

    def __init__(self, client: ListerWatcher, place: tuple[Resource, str], clock: Clock, sink: Sink) -> None:
        self._client = client
        self._resource, self._namespace = place
        self._clock = clock
        self._sink = sink
        self._stream: WatchStream | None = None
        self._revision = ""
        self._begun: int | None = None
        self._brought = False
        self._connect_at = clock.micros()
        self._backoff = FIRST_BACKOFF
        self._stopped = False

    def due(self) -> int | None:
        """Now when the watch has an item or has ended; when to connect, without a watch; None while it is silent."""
        if self._stream is None:
            return self._connect_at
        return self._clock.micros() if self._stream.ready() else None

    def step(self) -> None:
        """Take one item, or list if need be and watch."""
        if self._stream is None:
            self._connect()
        elif (item := self._stream.take()) is not None:
            self._hear(item)
        elif self._stream.ended():
            self._again("it ended")

    def stop(self) -> None:
        """End the watch; a step that has begun leaves none behind."""
        self._stopped = True
        if self._stream is not None:
            self._stream.close()

    def _connect(self) -> None:
        try:
            if not self._revision:
                listing = self._client.listing(self._resource, self._namespace)
                self._sink.replace(listing.items)
                self._revision = listing.revision
            stream = self._client.watch(self._resource, self._namespace, self._revision, bookmarks=True)
        except Gone as error:
            self._relist(error)
        except (ApiError, NoAnswer) as error:
            self._again(str(error))
        else:
            self._begun, self._stream = self._clock.micros(), stream
            if self._stopped:
                stream.close()

    def _hear(self, item: WatchEvent) -> None:
        if item.type == ERROR:
            error = status.to_error(int(item.object.get("code", 500)), dict(item.object))
            if isinstance(error, Gone):
                self._relist(error)
            else:
                self._again(str(error))
            return
        if item.type != BOOKMARK:
            self._sink.hear(item)
        self._revision = revision_of(item.object) or self._revision
        self._brought = True

    def _relist(self, error: Gone) -> None:
        self._revision = ""
        self._again(str(error))

    def _again(self, reason: str) -> None:
        """At once after a watch that was one; otherwise after the back-off."""
        now = self._clock.micros()
        worked = self._brought or (self._begun is not None and now - self._begun >= SHORTEST_WATCH)
        if self._stream is not None:
            self._stream.close()
        self._stream, self._begun, self._brought = None, None, False
        if worked:
            self._backoff, self._connect_at = FIRST_BACKOFF, now
            return
        _LOG.info("the watch of %s again in %.1fs: %s", self._resource.qualified, self._backoff / SECOND, reason)
        self._connect_at = now + self._backoff
        self._backoff = min(self._backoff * 2, LONGEST_BACKOFF)
