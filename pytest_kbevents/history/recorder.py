"""Writes the history down, from watches of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pytest_kbevents.api.http import WatchEvent
from pytest_kbevents.api.names import MANAGED_BY_LABEL, OWNER
from pytest_kbevents.api.objects import Object, key_of, labels_of, revision_of
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
from pytest_kbevents.history.exchange import Exchange
from pytest_kbevents.history.history import History

RECORDED = (PODS, SERVICES, EVENTS, CONFIG_MAPS, INSTANCE_SETS, INSTANCES, COMPONENTS)
"""The kinds that judgements are about."""


class Recorder:
    """Records a namespace from its first object on. The judge's clerk, and no actor: a drain follows every step."""

    def __init__(
        self,
        client: Client,
        namespace: str,
        clock: Clock,
        history: History,
        what: tuple[Sequence[Resource], str] = (RECORDED, ""),
    ) -> None:
        """``what`` are the kinds, and the revision after which all is recorded; ``""`` is now."""
        kinds, since = what
        self._client = client
        self._namespace = namespace
        self._clock = clock
        self._history = history
        self._numbers: set[int] = set()
        """The revisions that have come."""
        self._followers = {
            resource: Follower(client, resource, namespace, since or client.listing(resource, namespace).revision)
            for resource in kinds
        }

    def drain(self) -> bool:
        """Record all that has come, ordered by revision; says whether there was anything.

        Raises:
            Gone: the server has forgotten revisions that were not seen yet; such a run cannot be judged.
        """
        taken = [(resource, item) for resource, follower in self._followers.items() for item in _taken(follower)]
        items = [(resource, item) for resource, item in taken if not _is_of_the_stage(item.object)]
        self._numbers |= {int(revision_of(item.object)) for _, item in taken}
        for resource, item in sorted(items, key=lambda pair: int(revision_of(pair[1].object))):
            self._history.append(resource, item, self._clock.micros())
        return bool(taken)

    def up_to_now(self) -> Callable[[], bool]:
        """A predicate that holds once all that is in the cluster at this moment has been recorded."""
        listings = [(resource, self._client.listing(resource, self._namespace)) for resource in self._followers]
        return lambda: all(self._has(resource, listing) for resource, listing in listings)

    def up_to(self, wrote: Iterable[Exchange]) -> Callable[[], bool] | None:
        """A predicate that holds once these requests' revisions have been recorded; None when they do not say what they
        have committed.
        """
        writes = [each for each in wrote if each.method != "GET" and not each.failed]
        if not all(each.revision for each in writes):
            return None
        paths = {resource.path(self._namespace) for resource in self._followers}
        numbers = {each.revision for each in writes if any(_is_within(each.path, path) for path in paths)}
        return lambda: numbers <= self._numbers

    def stop(self) -> None:
        """Record no more."""
        for follower in self._followers.values():
            follower.close()

    def _has(self, resource: Resource, listing: Listing) -> bool:
        """Nothing listed is missing or older in the record, and nothing in the record was gone by then."""
        listed = {key_of(obj): int(revision_of(obj)) for obj in listing.items if not _is_of_the_stage(obj)}
        recorded = {key_of(obj): int(revision_of(obj)) for obj in self._history.state.list(resource)}
        new_enough = all(recorded.get(key, 0) >= revision for key, revision in listed.items())
        return new_enough and all(key in listed or made > int(listing.revision) for key, made in recorded.items())


def _is_of_the_stage(obj: Object) -> bool:
    """Whether it is one of our own Pods, such as the controller's: scenarios are about the others."""
    return labels_of(obj).get(MANAGED_BY_LABEL) == OWNER


def _is_within(path: str, collection: str) -> bool:
    """Whether a path is a collection's, or one of an object in it."""
    return path == collection or path.startswith(f"{collection}/")


def _taken(follower: Follower) -> list[WatchEvent]:
    items: list[WatchEvent] = []
    while follower.ready() and (item := follower.take()) is not None:
        items.append(item)
    return items
