"""Every committed revision of every object, under one integer sequence."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pytest_kbevents.api.http import ADDED, DELETED, MODIFIED
from pytest_kbevents.api.objects import Key, Object, with_metadata
from pytest_kbevents.errors import Gone


@dataclass(frozen=True, slots=True)
class Commit:
    """One revision: the object after it (for a deletion: its last state) and before it."""

    revision: int
    type: str
    key: Key
    object: Object
    previous: Object | None


Listener = Callable[[Commit], None]


class Store:
    """Objects by resource and key. What goes in is never changed again; what comes out is shared."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._revision = 0
        self._compacted = 0
        self._objects: dict[str, dict[Key, Object]] = defaultdict(dict)
        self._log: dict[str, list[Commit]] = defaultdict(list)
        self._listeners: dict[str, list[Listener]] = defaultdict(list)

    @property
    def revision(self) -> int:
        """The newest revision of all."""
        return self._revision

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Nobody else reads or commits meanwhile."""
        with self._lock:
            yield

    def get(self, resource: str, key: Key) -> Object | None:
        """The newest revision of one object."""
        return self._objects[resource].get(key)

    def select(self, resource: str, namespace: str = "") -> list[Object]:
        """The objects of a namespace (``""``: of all), ordered by namespace and name, as etcd's keys are."""
        with self._lock:
            objects = self._objects[resource]
            return [objects[key] for key in sorted(objects) if not namespace or key[0] == namespace]

    def put(self, resource: str, key: Key, obj: Object) -> Object:
        """Commit a new state; returns it with its resourceVersion."""
        with self._lock:
            previous = self._objects[resource].get(key)
            return self._commit(resource, ADDED if previous is None else MODIFIED, key, obj, previous)

    def remove(self, resource: str, key: Key) -> Object:
        """Commit a deletion; returns the last state, at the deletion's revision."""
        with self._lock:
            previous = self._objects[resource][key]
            return self._commit(resource, DELETED, key, previous, previous)

    def subscribe(self, resource: str, after: int | None, listener: Listener) -> Callable[[], None]:
        """Hear every commit after revision ``after``, those of the past at once; None: from now, current objects first.

        Returns:
            The function that ends the subscription.

        Raises:
            Gone: revisions after ``after`` have been compacted away.
        """
        with self._lock:
            if after is not None and after < self._compacted:
                raise Gone(f"too old resource version: {after} ({self._compacted})")
            for commit in self._past(resource, after):
                listener(commit)
            self._listeners[resource].append(listener)
        return lambda: self._unsubscribe(resource, listener)

    def compact(self, revision: int) -> None:
        """Forget the log up to ``revision``; the current objects stay."""
        with self._lock:
            self._compacted = max(self._compacted, revision)
            for log in self._log.values():
                del log[: bisect_right(log, revision, key=lambda commit: commit.revision)]

    def _past(self, resource: str, after: int | None) -> list[Commit]:
        if after is None:
            objects = self._objects[resource]
            return [Commit(self._revision, ADDED, key, objects[key], None) for key in sorted(objects)]
        log = self._log[resource]
        return log[bisect_right(log, after, key=lambda commit: commit.revision) :]

    def _commit(self, resource: str, kind: str, key: Key, obj: Object, previous: Object | None) -> Object:
        self._revision += 1
        stored = with_metadata(obj, resourceVersion=str(self._revision))
        if kind == DELETED:
            del self._objects[resource][key]
        else:
            self._objects[resource][key] = stored
        commit = Commit(self._revision, kind, key, stored, previous)
        self._log[resource].append(commit)
        for listener in tuple(self._listeners[resource]):
            listener(commit)
        return stored

    def _unsubscribe(self, resource: str, listener: Listener) -> None:
        with self._lock:
            if listener in self._listeners[resource]:
                self._listeners[resource].remove(listener)
