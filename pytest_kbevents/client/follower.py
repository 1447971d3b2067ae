"""A watch that goes on: when the server ends the stream, the next one begins after the last item."""

from __future__ import annotations

from pytest_kbevents.api import status
from pytest_kbevents.api.http import ERROR, WatchEvent
from pytest_kbevents.api.objects import revision_of
from pytest_kbevents.api.resources import Resource
from pytest_kbevents.client.client import Client


class Follower:
    """All changes of one kind in one namespace after a revision, none twice and none left out."""

    def __init__(self, client: Client, resource: Resource, namespace: str, revision: str) -> None:
        self._client = client
        self._resource = resource
        self._namespace = namespace
        self._revision = revision
        self._stream = client.watch(resource, namespace, revision)
        self._closed = False

    def ready(self) -> bool:
        """Whether ``take`` may have something."""
        return not self._closed and self._stream.ready()

    def take(self) -> WatchEvent | None:
        """The next change; None when there is none now.

        Raises:
            Gone: the server has forgotten changes that were not seen yet.
            NoAnswer: the watch broke and cannot be begun again.
        """
        item = self._stream.take()
        if item is None:
            if self._stream.ended() and not self._closed:
                self._stream = self._client.watch(self._resource, self._namespace, self._revision)
            return None
        if item.type == ERROR:
            raise status.to_error(int(item.object.get("code", 500)), dict(item.object))
        self._revision = revision_of(item.object)
        return item

    def close(self) -> None:
        """Follow no more. Idempotent."""
        self._closed = True
        self._stream.close()
