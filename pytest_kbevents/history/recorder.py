"""Writes the history down, from watches of its own."""

from __future__ import annotations

from pytest_kbevents.api.http import ERROR, WatchEvent, WatchStream
from pytest_kbevents.api.objects import revision_of
from pytest_kbevents.api.resources import COMPONENTS, CONFIG_MAPS, EVENTS, INSTANCE_SETS, PODS, SERVICES, Resource
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import Clock
from pytest_kbevents.errors import Gone
from pytest_kbevents.history.history import History

RECORDED = (PODS, SERVICES, EVENTS, CONFIG_MAPS, INSTANCE_SETS, COMPONENTS)
"""The kinds that judgements are about."""


class Recorder:
    """Records a namespace from its first object on. The judge's clerk, and no actor: a drain follows every step."""

    def __init__(self, client: Client, namespace: str, clock: Clock, history: History) -> None:
        self._client = client
        self._namespace = namespace
        self._clock = clock
        self._history = history
        self._seen: dict[Resource, str] = {}
        self._streams: dict[Resource, WatchStream] = {}
        for resource in RECORDED:
            self._seen[resource] = client.listing(resource, namespace).revision
            self._watch(resource)

    def drain(self) -> bool:
        """Record all that has come, ordered by revision; says whether there was anything. Raises Gone when the server
        has forgotten revisions that were not yet seen: such a run cannot be judged.
        """
        items = [(resource, item) for resource, stream in self._streams.items() for item in _taken(stream)]
        for resource, item in sorted(items, key=lambda pair: int(revision_of(pair[1].object) or 0)):
            if item.type == ERROR:
                raise Gone(f"the watch of {resource.qualified} broke: {item.object.get('message')}")
            self._seen[resource] = revision_of(item.object)
            self._history.append(resource, item, self._clock.micros())
        for resource, stream in self._streams.items():
            if stream.ended():
                self._watch(resource)
        return bool(items)

    def stop(self) -> None:
        """Record no more."""
        for stream in self._streams.values():
            stream.close()

    def _watch(self, resource: Resource) -> None:
        self._streams[resource] = self._client.watch(resource, self._namespace, self._seen[resource])


def _taken(stream: WatchStream) -> list[WatchEvent]:
    items = []
    while (item := stream.take()) is not None:
        items.append(item)
    return items
