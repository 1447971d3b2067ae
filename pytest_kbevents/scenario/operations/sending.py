"""How ``event`` writes: created, or counted up when it is there already, once or again and again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.api import mergepatch, times
from pytest_kbevents.api.objects import Object, name_of, namespace_of
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.errors import AlreadyExists, Conflict, JudgementFailed, NotFound
from pytest_kbevents.scenario.pending import Pause
from pytest_kbevents.scenario.stage import Stage

ATTEMPTS = 10
"""To write one Event past others who write it, too."""


@dataclass(frozen=True, slots=True)
class Count:
    """What an Event is counted up to, and what a step says of its fields each time."""

    exactly: int | None
    more: int
    must_be_there: bool
    fields: Mapping[str, Any]

    @classmethod
    def of(cls, said: int | str | None, fields: Mapping[str, Any]) -> Count:
        """As a step says it: a number, ``+2``, or nothing."""
        if isinstance(said, str):
            return cls(None, int(said), must_be_there=True, fields=fields)
        return cls(said, 1, must_be_there=False, fields=fields)


def send(stage: Stage, event: Object, count: Count) -> None:
    """As often as it takes: in live worlds the controller may mark the Event between our read and our write."""
    for _ in range(ATTEMPTS - 1):
        try:
            return _create_or_count(stage, event, count)
        except (Conflict, AlreadyExists):
            continue
    return _create_or_count(stage, event, count)


class Repeated:
    """Sends it again each time its time has come; dated anew, unless the step says when."""

    def __init__(self, stage: Stage, event: Object, count: Count, rest: tuple[int, int]) -> None:
        """``rest`` is how often still, and how long lies between, in microseconds."""
        self._left, self._every = rest
        self._stage, self._event, self._count = stage, event, count
        self.deadline = stage.deadline(self._every)
        self._age = _age(event, stage.world.clock.micros())

    def done(self) -> bool:
        """Not before its time."""
        return False

    def settle(self) -> Repeated | Pause | None:
        """Send, and wait for the next time."""
        now = self._stage.world.clock.micros()
        event = self._event
        if self._age is not None and "eventTime" not in self._count.fields:
            try:
                event = {**event, "eventTime": times.micro_time(now - self._age)}
            except OverflowError:
                raise JudgementFailed("event repeat: its time would be beyond the year 9999") from None
        send(self._stage, event, self._count)
        self._left -= 1
        if not self._left:
            return None
        self.deadline = self._stage.deadline(self._every)
        return self


def _age(event: Object, now: int) -> int | None:
    return None if event.get("eventTime") is None else now - times.parse(event["eventTime"])


def _create_or_count(stage: Stage, event: Object, count: Count) -> None:
    client = stage.world.client
    if not count.must_be_there:
        with suppress(AlreadyExists):  # most are new: nobody asks first
            client.create(EVENTS, event)
            return
    try:
        found = client.get(EVENTS, namespace_of(event), name_of(event))
    except NotFound:
        if not count.must_be_there:
            raise Conflict(f"Event {name_of(event)} has gone meanwhile") from None
        problem = f"count: +{count.more}: there is no Event {name_of(event)} that could be counted up"
        raise JudgementFailed(problem, vacuous=True) from None
    number = (found.get("count") or 0) + count.more if count.exactly is None else count.exactly
    again = {"count": number, "eventTime": event.get("eventTime")}
    client.update(EVENTS, mergepatch.apply({**found, **again}, count.fields))
