"""Events that a controller records about an object (client-go: the EventRecorder)."""

from __future__ import annotations

import threading
from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.objects import Object, key_of, name_of, namespace_of, uid_of
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.client.protocols import Writer
from pytest_kbevents.clock import Clock
from pytest_kbevents.controller.correlator import EventCorrelator
from pytest_kbevents.errors import ApiError, NoAnswer, NotFound

MESSAGE_LIMIT = 1024
"""Bytes."""
NAME_LIMIT = 253
HOME_OF_CLUSTER_SCOPED = "default"
"""The namespace of Events about what is in none."""


class EventRecorder:
    """Records as ``component``. Like client-go's, it is best effort: an Event that cannot be written is dropped, one
    that was recorded before is counted up, and who records too much about one object is not heard.
    """

    def __init__(self, writer: Writer, clock: Clock, component: str) -> None:
        self._writer = writer
        self._clock = clock
        self._component = component
        self._correlator = EventCorrelator()
        self._one_at_a_time = threading.Lock()
        self._last_nanos = 0

    def record(self, about: Object, type_: str, reason: str, message: str) -> None:
        """Record an Event; ``type_`` is Normal or Warning. The message is cut at 1024 bytes."""
        with self._one_at_a_time:  # two workers that count one Event up must not overtake each other
            now = self._clock.micros()
            event = self._event(about, now) | {"type": type_, "reason": reason, "message": message}
            found = self._correlator.correlate(event, now)
            if found is not None:
                self._write({**found.event, "message": _cut(found.event["message"])}, again=found.again)

    def _event(self, about: Object, now: int) -> dict[str, Any]:
        involved = {
            "apiVersion": about["apiVersion"],
            "kind": about["kind"],
            "namespace": namespace_of(about),
            "name": name_of(about),
            "uid": uid_of(about),
        }
        return {
            "metadata": {"name": self._name(about, now), "namespace": namespace_of(about) or HOME_OF_CLUSTER_SCOPED},
            "involvedObject": {field: value for field, value in involved.items() if value},
            "count": 1,
            "firstTimestamp": times.time(now),
            "lastTimestamp": times.time(now),
            "source": {"component": self._component},
            "reportingComponent": self._component,
        }

    def _name(self, about: Object, now: int) -> str:
        """By the nanosecond, as client-go names it; our clock has microseconds, so that there is room for several."""
        self._last_nanos = max(now * 1000, self._last_nanos + 1)
        suffix = f".{self._last_nanos:x}"
        return name_of(about)[: NAME_LIMIT - len(suffix)].rstrip(".-") + suffix

    def _write(self, event: Object, *, again: bool) -> None:
        try:
            if again and self._counted_up(event):
                return
            self._writer.create(EVENTS, event)
        except (ApiError, NoAnswer):
            return

    def _counted_up(self, event: Object) -> bool:
        """False when it is gone: Events end after a while, and it is to be created anew with its count."""
        patch = {field: event[field] for field in ("count", "message", "lastTimestamp")}
        try:
            self._writer.patch(EVENTS, *key_of(event), patch)
        except NotFound:
            return False
        return True


def _cut(message: str) -> str:
    """At most that many bytes of UTF-8, none of them half a character."""
    return message.encode("utf-8", "replace")[:MESSAGE_LIMIT].decode("utf-8", "ignore")
