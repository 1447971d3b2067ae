"""What becomes of an Event that is like earlier ones (client-go: ``EventCorrelator``)."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from pytest_kbevents.api.objects import Object, name_of, with_metadata
from pytest_kbevents.clock import SECOND
from pytest_kbevents.controller.lru import LeastRecentlyUsed
from pytest_kbevents.controller.spamfilter import SpamFilter

REMEMBERED = 4096
MOST_MESSAGES = 10
"""From the tenth message on, new ones of the same source, object, type and reason share one Event ..."""
SIMILAR_WITHIN = 600 * SECOND
"""... until none of them came for ten minutes."""
COMBINED = "(combined from similar events): "


@dataclass(frozen=True, slots=True)
class Correlated:
    """The Event as it is to be. ``again``: it was recorded before, and only count, message and last time changed."""

    event: Object
    again: bool


@dataclass(frozen=True, slots=True)
class _Log:
    name: str
    count: int
    first: str


@dataclass(frozen=True, slots=True)
class _Similar:
    messages: frozenset[str]
    last: int


class EventCorrelator:
    """Remembers what was recorded, by source, object, type and reason. Not for several threads at once."""

    def __init__(self) -> None:
        self._logs: LeastRecentlyUsed[_Log] = LeastRecentlyUsed(REMEMBERED)
        self._similar: LeastRecentlyUsed[_Similar] = LeastRecentlyUsed(REMEMBERED)
        self._spam = SpamFilter(REMEMBERED)

    def correlate(self, event: Object, now: int) -> Correlated | None:
        """A new Event, counted up when it is one of many; None: it is spam. What is spam counts nevertheless."""
        origin: Hashable = (tuple(event["source"].items()), tuple(event["involvedObject"].items()))
        similar: Hashable = (origin, event["type"], event["reason"])
        if self._is_one_of_many(similar, event["message"], now):
            event, key = {**event, "message": COMBINED + event["message"]}, similar
        else:
            key = (similar, event["message"])
        before = self._logs.get(key)
        if before is not None:
            times = {"firstTimestamp": before.first, "count": before.count + 1}
            event = with_metadata({**event, **times}, name=before.name)
        self._logs.put(key, _Log(name_of(event), event["count"], event["firstTimestamp"]))
        return Correlated(event, before is not None) if self._spam.accepts(origin, now) else None

    def _is_one_of_many(self, similar: Hashable, message: str, now: int) -> bool:
        before = self._similar.get(similar)
        known = before.messages if before is not None and now - before.last <= SIMILAR_WITHIN else frozenset()
        many = len(known | {message}) >= MOST_MESSAGES
        self._similar.put(similar, _Similar(known if many else known | {message}, now))
        return many
