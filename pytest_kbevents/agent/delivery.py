"""Create-or-count of one Event, with its attempts. Reading and writing are two steps: others may write in between."""

from __future__ import annotations

from typing import Any, Protocol

from pytest_kbevents.agent import event
from pytest_kbevents.agent.event import Identity
from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import EVENTS, Resource
from pytest_kbevents.clock import Clock
from pytest_kbevents.errors import ApiError, NoAnswer, NotFound


class EventClient(Protocol):
    """All that an agent asks of the API server."""

    def get(self, resource: Resource, namespace: str, name: str) -> Object: ...
    def create(self, resource: Resource, obj: Object) -> Object: ...
    def update(self, resource: Resource, obj: Object) -> Object: ...


class Wording(Protocol):
    """How an agent writes its Events. ``COUNTS``: the same outcome is looked up and counted."""

    COUNTS: bool

    def name(self, identity: Identity, reason: str, message: str, micros: int) -> str: ...
    def first(self, identity: Identity, reason: str, message: str, micros: int) -> dict[str, Any]: ...


class Delivery:
    """One outcome on its way. ``due`` is when the next step may be taken, in microseconds since the epoch."""

    def __init__(
        self, outcome: tuple[str, str], attempts: int, pause: int, clock: Clock, wording: Wording = event
    ) -> None:
        self.reason, self.message = outcome
        self.due = self._begun = clock.micros()
        self._wording = wording
        self._left = attempts
        self._pause = pause
        self._clock = clock
        self._read = False
        self._found: Object | None = None

    def step(self, client: EventClient, identity: Identity) -> bool | None:
        """Read, or write. True: it is in the cluster; False: given up; None: there is more to do."""
        try:
            if not self._read:
                self._found = self._lookup(client, identity)
                self._read = True
                self.due = self._clock.micros()  # behind others that have waited longer
                return None
            self._write(client, identity)
        except (ApiError, NoAnswer):
            self._read = False
            self._left -= 1
            self.due = self._clock.micros() + self._pause
            return None if self._left else False
        return True

    def _lookup(self, client: EventClient, identity: Identity) -> Object | None:
        if not self._wording.COUNTS:
            return None
        try:
            return client.get(EVENTS, identity.namespace, self._name(identity))
        except NotFound:
            return None

    def _name(self, identity: Identity) -> str:
        return self._wording.name(identity, self.reason, self.message, self._begun)

    def _write(self, client: EventClient, identity: Identity) -> None:
        now = self._clock.micros()
        if self._found is None:
            made = self._wording.first(identity, self.reason, self.message, now)
            client.create(EVENTS, {**made, "metadata": {**made["metadata"], "name": self._name(identity)}})
        else:
            client.update(EVENTS, event.repeated(self._found, now))
