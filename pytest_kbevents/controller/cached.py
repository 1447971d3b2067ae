"""Reads from informers' caches: what a controller sees, as late as the real one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import Resource
from pytest_kbevents.client.protocols import Reader
from pytest_kbevents.controller.informer import Informer
from pytest_kbevents.controller.ranking import Ranked
from pytest_kbevents.errors import NotFound


class IndexedReader(Reader, Protocol):
    """Reads from a cache that has indexes and rankings."""

    def by_index(self, resource: Resource, index: str, value: str) -> list[Object]:
        """The objects of which that index says ``value``, ordered by key."""

    def greatest(self, resource: Resource, ranking: str, value: str) -> Ranked | None:
        """What ranks highest of all that the objects say under that value."""

    def ranked(self, resource: Resource, ranking: str, value: str) -> list[Ranked]:
        """All of it, in no order."""


class CachedReader:
    """A Reader over informers; a kind without one is a mistake of ours (KeyError)."""

    def __init__(self, informers: Mapping[Resource, Informer]) -> None:
        self._informers = informers

    def get(self, resource: Resource, namespace: str, name: str) -> Object:
        """Raises NotFound when the cache has no such object, whatever the API server has."""
        obj = self._informers[resource].get((namespace, name))
        if obj is None:
            raise NotFound(f'{resource.qualified} "{name}" not found')
        return obj

    def by_index(self, resource: Resource, index: str, value: str) -> list[Object]:
        """The cached objects of which that index says ``value``, ordered by key."""
        return self._informers[resource].store.by_index(index, value)

    def greatest(self, resource: Resource, ranking: str, value: str) -> Ranked | None:
        """What ranks highest of all that the cached objects say under that value."""
        return self._informers[resource].store.greatest(ranking, value)

    def ranked(self, resource: Resource, ranking: str, value: str) -> list[Ranked]:
        """All of it, in no order."""
        return self._informers[resource].store.ranked(ranking, value)

    def list(self, resource: Resource, namespace: str = "", label_selector: str = "") -> list[Object]:
        """The cached objects that the selector selects, ordered by key."""
        return self._informers[resource].list(namespace, label_selector)
