"""Create-or-count of one Event, with its attempts. Reading and writing are two steps: others may write in between.

Inside an attempt the client library repeats by itself: when the server says after how long, and when a read breaks off.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from pytest_kbevents.agent.sending.event import Identity
from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import EVENTS, Resource
from pytest_kbevents.clock import SECOND, Clock
from pytest_kbevents.errors import ApiError, NoAnswer, NotFound, NotSent


class EventClient(Protocol):
    """All that an agent asks of the API server."""

    def get(self, resource: Resource, namespace: str, name: str) -> Object: ...
    def create(self, resource: Resource, obj: Object) -> Object: ...
    def update(self, resource: Resource, obj: Object) -> Object: ...


class Wording(Protocol):
    """How an agent writes its Events. Without ``repeated``, the same outcome again is another Event."""

    def name(self, identity: Identity, reason: str, message: str, micros: int) -> str: ...
    def first(self, identity: Identity, reason: str, message: str, micros: int) -> dict[str, Any]: ...
    @property
    def repeated(self) -> Callable[[Object, int], dict[str, Any]] | None: ...


REPEATS = 10
"""Of one request, by the client library."""
REPEAT_PAUSE = SECOND


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: its door, whose Pod it is, what it believes the time to be, and how it writes."""

    client: EventClient
    identity: Identity
    wall: Clock
    """What it writes into its Events; a clock that is wrong is wrong here alone."""
    wording: Wording


class Delivery:
    """One outcome on its way. ``due`` is when the next step may be taken, in microseconds since the epoch."""

    def __init__(self, outcome: tuple[str, str], patience: tuple[int, int], sender: Sender, clock: Clock) -> None:
        """``patience`` is how many attempts there are, and how many microseconds lie between them."""
        self.reason, self.message = outcome
        self.due = clock.micros()
        self._begun = sender.wall.micros()
        self._sender = sender
        self._left, self._pause = patience
        self._repeats = REPEATS
        self._clock = clock
        self._read = False
        self._found: Object | None = None
        self._made: Object | None = None
        """What is written in this attempt: repeated as it is."""

    def step(self) -> bool | None:
        """Read, or write. True: it is in the cluster; False: given up; None: there is more to do."""
        try:
            if not self._read:
                self._found = self._lookup()
                self._read, self._repeats = True, REPEATS
                self.due = self._clock.micros()  # behind others that have waited longer
                return None
            self._write()
        except ApiError as error:
            return self._again(None if error.retry_after is None else error.retry_after * SECOND)
        except NotSent:
            return self._again(None)
        except NoAnswer:
            return self._again(None if self._read else REPEAT_PAUSE)
        return True

    def _again(self, pause: int | None) -> bool | None:
        """The same request after ``pause``, unless it has been repeated enough; else the attempt is over."""
        if pause is not None and self._repeats > 0:
            self._repeats -= 1
            self.due = self._clock.micros() + pause
            return None
        self._read, self._repeats, self._made = False, REPEATS, None
        self._left -= 1
        self.due = self._clock.micros() + self._pause
        return None if self._left else False

    def _lookup(self) -> Object | None:
        if self._sender.wording.repeated is None:
            return None
        try:
            return self._sender.client.get(EVENTS, self._sender.identity.namespace, self._name())
        except NotFound:
            return None

    def _name(self) -> str:
        sender = self._sender
        return sender.wording.name(sender.identity, self.reason, self.message, self._begun)

    def _write(self) -> None:
        client = self._sender.client
        self._made = self._made or self._event()
        if self._found is None:
            client.create(EVENTS, self._made)
        else:
            client.update(EVENTS, self._made)

    def _event(self) -> Object:
        sender, now = self._sender, self._sender.wall.micros()
        if self._found is not None and sender.wording.repeated is not None:
            return sender.wording.repeated(self._found, now)
        made = sender.wording.first(sender.identity, self.reason, self.message, now)
        return {**made, "metadata": {**made["metadata"], "name": self._name()}}
