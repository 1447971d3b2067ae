"""Writes the history down, from watches of its own."""

from __future__ import annotations

from collections.abc import Callable

from pytest_kbevents.api.http import WatchEvent
from pytest_kbevents.api.objects import key_of, revision_of
from pytest_kbevents.api.resources import (
    COMPONENTS,
    CONFIG_MAPS,
    EVENTS,
    INSTANCE_SETS,
    INSTANCES,
    PODS,
    SERVICES,
    Resource,
)
from pytest_kbevents.client.client import Client, Listing
from pytest_kbevents.client.follower import Follower
from pytest_kbevents.clock import Clock
from pytest_kbevents.history.history import History

RECORDED = (PODS, SERVICES, EVENTS, CONFIG_MAPS, INSTANCE_SETS, INSTANCES, COMPONENTS)
"""The kinds that judgements are about."""


class Recorder:
    """Records a namespace from its first object on. The judge's clerk, and no actor: a drain follows every step."""

    def __init__(self, client: Client, namespace: str, clock: Clock, history: History) -> None:
        self._client = client
        self._namespace = namespace
        self._clock = clock
        self._history = history
        self._followers = {
            resource: Follower(client, resource, namespace, client.listing(resource, namespace).revision)
            for resource in RECORDED
        }

    def drain(self) -> bool:
        """Record all that has come, ordered by revision; says whether there was anything.

        Raises:
            Gone: the server has forgotten revisions that were not seen yet; such a run cannot be judged.
        """
        items = [(resource, item) for resource, follower in self._followers.items() for item in _taken(follower)]
        for resource, item in sorted(items, key=lambda pair: int(revision_of(pair[1].object))):
            self._history.append(resource, item, self._clock.micros())
        return bool(items)

    def up_to_now(self) -> Callable[[], bool]:
        """A predicate that holds once all that is in the cluster at this moment has been recorded."""
        listings = [(resource, self._client.listing(resource, self._namespace)) for resource in RECORDED]
        return lambda: all(self._has(resource, listing) for resource, listing in listings)

    def stop(self) -> None:
        """Record no more."""
        for follower in self._followers.values():
            follower.close()

    def _has(self, resource: Resource, listing: Listing) -> bool:
        """Nothing listed is missing or older in the record, and nothing in the record was gone by then."""
        listed = {key_of(obj): int(revision_of(obj)) for obj in listing.items}
        recorded = {key_of(obj): int(revision_of(obj)) for obj in self._history.state.list(resource)}
        new_enough = all(recorded.get(key, 0) >= revision for key, revision in listed.items())
        return new_enough and all(key in listed or made > int(listing.revision) for key, made in recorded.items())


def _taken(follower: Follower) -> list[WatchEvent]:
    items: list[WatchEvent] = []
    while follower.ready() and (item := follower.take()) is not None:
        items.append(item)
    return items
