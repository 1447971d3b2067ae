"""Every committed revision of every object, under one integer sequence; forks share what neither has changed since."""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import NamedTuple

from pytest_kbevents.api.http import ADDED, DELETED, MODIFIED
from pytest_kbevents.api.objects import Key, Object
from pytest_kbevents.errors import Gone


class Commit(NamedTuple):
    """One revision: the object after it (for a deletion: its last state) and before it."""

    revision: int
    type: str
    key: Key
    object: Object
    previous: Object | None


Listener = Callable[[Commit], None]


@dataclass(slots=True)
class _Shelf:
    """One resource's objects, their keys in order, and its commits. Shared by forks until one of them writes to it."""

    objects: dict[str, Object] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    """``namespace/name``, as etcd's keys are and in their order: ``a-2/x`` comes before ``a/x``."""
    log: list[Commit] = field(default_factory=list)

    def copy(self) -> _Shelf:
        return _Shelf(self.objects.copy(), self.keys.copy(), self.log.copy())


_EMPTY = _Shelf()


class Store:
    """Objects by resource and key. What goes in is never changed again; what comes out is shared."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._revision = 0
        self._compacted = 0
        self._shelves: dict[str, _Shelf] = {}
        self._own: set[str] = set()
        """Shelves that no fork shares."""
        self._listeners: dict[str, list[Listener]] = {}

    @property
    def revision(self) -> int:
        """The newest revision of all."""
        return self._revision

    @property
    def compacted(self) -> int:
        """The revision up to which the past is forgotten."""
        return self._compacted

    def transaction(self) -> AbstractContextManager[bool]:
        """Nobody else reads or commits meanwhile."""
        return self._lock

    def fork(self) -> Store:
        """A store with the same past and a future of its own; it has no listeners.

        Costs the same whatever is stored; the first write of either to a resource copies that resource's index.
        """
        with self._lock:
            other = Store()
            other._revision, other._compacted = self._revision, self._compacted
            other._shelves = self._shelves.copy()
            self._own.clear()
            return other

    def get(self, resource: str, key: Key) -> Object | None:
        """The newest revision of one object."""
        return self._shelves.get(resource, _EMPTY).objects.get(f"{key[0]}/{key[1]}")

    def select(self, resource: str, namespace: str = "") -> list[Object]:
        """The objects of a namespace (``""``: of all), ordered by namespace and name, as etcd's keys are."""
        with self._lock:
            shelf = self._shelves.get(resource, _EMPTY)
            return [shelf.objects[key] for key in _within(shelf.keys, namespace)]

    def select_at(self, resource: str, namespace: str, revision: int) -> list[Object]:
        """As ``select``, as it was at an earlier revision. Raises Gone when that has been compacted away."""
        with self._lock:
            if revision < self._compacted:
                raise Gone(f"The provided resource version is too old: {revision} ({self._compacted})")
            shelf = self._shelves.get(resource, _EMPTY)
            objects = shelf.objects.copy()
            for commit in reversed(shelf.log[_after(shelf.log, revision) :]):
                if commit.previous is None:
                    objects.pop("/".join(commit.key), None)
                else:
                    objects["/".join(commit.key)] = commit.previous
            return [objects[key] for key in _within(sorted(objects), namespace)]

    def put(self, resource: str, key: Key, obj: Object) -> Object:
        """Commit a new state; returns it with its resourceVersion."""
        with self._lock:
            previous = self.get(resource, key)
            return self._commit(resource, ADDED if previous is None else MODIFIED, key, obj, previous)

    def remove(self, resource: str, key: Key) -> Object:
        """Commit a deletion; returns the last state, at the deletion's revision. Raises KeyError."""
        with self._lock:
            previous = self._shelves[resource].objects["/".join(key)]
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
            self._listeners.setdefault(resource, []).append(listener)
        return lambda: self._unsubscribe(resource, listener)

    def compact(self, revision: int) -> None:
        """Forget the log up to ``revision``; the current objects stay."""
        with self._lock:
            self._compacted = max(self._compacted, revision)
            for resource in self._shelves:
                shelf = self._writable(resource)
                del shelf.log[: _after(shelf.log, revision)]

    def _past(self, resource: str, after: int | None) -> list[Commit]:
        shelf = self._shelves.get(resource, _EMPTY)
        if after is None:
            current = ((key.partition("/"), shelf.objects[key]) for key in shelf.keys)
            return [Commit(self._revision, ADDED, (key[0], key[2]), obj, None) for key, obj in current]
        return shelf.log[_after(shelf.log, after) :]

    def _commit(self, resource: str, kind: str, key: Key, obj: Object, previous: Object | None) -> Object:
        shelf = self._writable(resource)
        self._revision += 1
        stored = {**obj, "metadata": {**obj["metadata"], "resourceVersion": str(self._revision)}}
        path = f"{key[0]}/{key[1]}"
        if kind == DELETED:
            del shelf.objects[path]
            del shelf.keys[bisect_left(shelf.keys, path)]
        else:
            if previous is None:
                insort(shelf.keys, path)
            shelf.objects[path] = stored
        commit = Commit(self._revision, kind, key, stored, previous)
        shelf.log.append(commit)
        for listener in tuple(self._listeners.get(resource, ())):
            listener(commit)
        return stored

    def _writable(self, resource: str) -> _Shelf:
        if resource not in self._own:
            self._shelves[resource] = self._shelves.get(resource, _EMPTY).copy()
            self._own.add(resource)
        return self._shelves[resource]

    def _unsubscribe(self, resource: str, listener: Listener) -> None:
        with self._lock:
            listeners = self._listeners.get(resource, [])
            if listener in listeners:
                listeners.remove(listener)


def _after(log: list[Commit], revision: int) -> int:
    """Where in the log the commits after ``revision`` begin."""
    return bisect_right(log, revision, key=lambda commit: commit.revision)


def _within(keys: list[str], namespace: str) -> list[str]:
    """The keys of one namespace; ``""`` for all."""
    if not namespace:
        return keys
    return keys[bisect_left(keys, f"{namespace}/") : bisect_left(keys, f"{namespace}0")]  # 0 is what follows /
