"""What an informer knows: objects by key, and by what its indexes say of them (client-go: the indexer)."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from pytest_kbevents.api.objects import Key, Object
from pytest_kbevents.controller.ranking import Ranked, RankFunction, Ranking

IndexFunction = Callable[[Object], Iterable[str]]
"""The values under which an object is found; none, and the index does not have it."""


class Store:
    """Read by workers while the informer writes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._objects: dict[Key, Object] = {}
        self._functions: dict[str, IndexFunction] = {}
        self._indexes: dict[str, dict[str, dict[Key, Object]]] = {}
        self._rankings: dict[str, Ranking] = {}

    def add_index(self, name: str, function: IndexFunction) -> None:
        """Before the first object."""
        self._functions[name] = function
        self._indexes[name] = defaultdict(dict)

    def add_ranking(self, name: str, function: RankFunction) -> None:
        """Before the first object."""
        self._rankings[name] = Ranking(function)

    def get(self, key: Key) -> Object | None:
        """One object."""
        return self._objects.get(key)

    def keys(self) -> list[Key]:
        """Of all, in order."""
        with self._lock:
            return sorted(self._objects)

    def items(self) -> list[tuple[Key, Object]]:
        """All, ordered by key."""
        with self._lock:
            found = list(self._objects.items())
        return sorted(found, key=_key)

    def by_index(self, name: str, value: str) -> list[Object]:
        """Those of which the index says ``value``, ordered by key."""
        with self._lock:
            found = list(self._indexes[name].get(value, {}).items())
        return [obj for _, obj in sorted(found, key=_key)]

    def greatest(self, name: str, value: str) -> Ranked | None:
        """What ranks highest under ``value``, by the ranking ``name``."""
        with self._lock:
            return self._rankings[name].greatest(value)

    def ranked(self, name: str, value: str) -> list[Ranked]:
        """All that is under ``value``, in no order."""
        with self._lock:
            return self._rankings[name].all(value)

    def put(self, key: Key, obj: Object | None) -> None:
        """As it is from now on; None: it is gone."""
        with self._lock:
            self._put(key, obj)

    def replace(self, objects: Mapping[Key, Object]) -> list[Key]:
        """These and no others; returns the keys of what is new, gone or different."""
        with self._lock:
            before = self._objects.copy()
            changed = sorted(key for key in before.keys() | objects.keys() if before.get(key) != objects.get(key))
            for changed_key in changed:
                self._put(changed_key, objects.get(changed_key))
        return changed

    def _put(self, key: Key, obj: Object | None) -> None:
        old = self._objects.pop(key, None)
        if obj is not None:
            self._objects[key] = obj
        for ranking in self._rankings.values():
            ranking.put(key, obj)
        for name, function in self._functions.items():
            index = self._indexes[name]
            for value in () if old is None else function(old):
                index[value].pop(key, None)
                if not index[value]:
                    del index[value]
            if obj is not None:
                for value in function(obj):
                    index[value][key] = obj


def _key(item: tuple[Key, Object]) -> Key:
    return item[0]
