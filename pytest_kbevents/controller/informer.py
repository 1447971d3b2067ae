"""A cache of one kind, kept by list and watch: as stale as the items that its watch has not brought yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pytest_kbevents.api.http import DELETED, WatchEvent
from pytest_kbevents.api.objects import Key, Object, key_of
from pytest_kbevents.api.resources import Resource
from pytest_kbevents.api.selectors import label_selector
from pytest_kbevents.clock import Clock
from pytest_kbevents.controller.reflector import ListerWatcher, Reflector
from pytest_kbevents.controller.store import Store


class Informer:
    """One kind of one namespace. ``step`` lists, or takes one item of the watch; handlers hear of each changed key."""

    def __init__(self, client: ListerWatcher, resource: Resource, namespace: str, clock: Clock) -> None:
        self.name = f"informer {resource.plural}"
        self.synced = False
        self._clock = clock
        self.store = Store()
        """What it knows; indexes and rankings are added before the first step."""
        self._handlers: list[Callable[[Key], None]] = []
        self._reflector = Reflector(client, (resource, namespace), clock, self)
        self._resync: int | None = None
        self._resync_at: int | None = None

    def on_change(self, handler: Callable[[Key], None]) -> None:
        """Call ``handler`` with the key of everything added, changed or deleted from now on."""
        self._handlers.append(handler)

    def resync_every(self, micros: int) -> None:
        """Tell handlers of every key again, that long after the first list and each time that long. Before the first
        step.
        """
        self._resync = micros

    def get(self, key: Key) -> Object | None:
        """The object as of the last item taken."""
        return self.store.get(key)

    def list(self, namespace: str = "", selector: str = "") -> list[Object]:
        """The objects of a namespace that the label selector selects, ordered by key."""
        selects = label_selector(selector)
        return [obj for key, obj in self.store.items() if namespace in ("", key[0]) and selects(obj)]

    def due(self) -> int | None:
        """As its reflector, or when to tell every key again."""
        due = self._reflector.due()
        if self._resync_at is None:
            return due
        return self._resync_at if due is None else min(due, self._resync_at)

    def step(self) -> None:
        """Take one item, or list and start to watch, or tell every key again."""
        now = self._clock.micros()
        if self._resync_at is not None and self._resync_at <= now:
            self._schedule_resync()
            for key in self.store.keys():  # noqa: SIM118 - no mapping
                self._tell(key)
        else:
            self._reflector.step()

    def stop(self) -> None:
        """End the watch."""
        self._reflector.stop()

    def replace(self, objects: Sequence[Object]) -> None:
        """The reflector listed: hear of what is different from what is known."""
        changed = self.store.replace({key_of(obj): obj for obj in objects})
        if not self.synced:
            self.synced = True
            self._schedule_resync()
        for key in changed:
            self._tell(key)

    def hear(self, item: WatchEvent) -> None:
        """The reflector's watch brought a change."""
        key = key_of(item.object)
        self.store.put(key, None if item.type == DELETED else item.object)
        self._tell(key)

    def _schedule_resync(self) -> None:
        if self._resync is not None:
            self._resync_at = self._clock.micros() + self._resync

    def _tell(self, key: Key) -> None:
        for handler in self._handlers:
            handler(key)
