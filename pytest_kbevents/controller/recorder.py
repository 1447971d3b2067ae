"""Events that a controller records about an object (client-go: the EventRecorder)."""

from __future__ import annotations

from pytest_kbevents.api import times
from pytest_kbevents.api.objects import Object, name_of, namespace_of, uid_of
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.client.protocols import Writer
from pytest_kbevents.clock import Clock
from pytest_kbevents.errors import ApiError, NoAnswer

MESSAGE_LIMIT = 1024


class EventRecorder:
    """Records as ``component``. Like client-go's, it is best effort: an Event that cannot be written is dropped."""

    def __init__(self, writer: Writer, clock: Clock, component: str) -> None:
        self._writer = writer
        self._clock = clock
        self._component = component

    def record(self, about: Object, type_: str, reason: str, message: str) -> None:
        """Record an Event; ``type_`` is Normal or Warning."""
        now = self._clock.micros()
        name = f"{name_of(about)}.{now * 1000:x}"  # client-go names it by the nanosecond
        body = {
            "metadata": {"name": name, "namespace": namespace_of(about)},
            "involvedObject": {
                "apiVersion": about["apiVersion"],
                "kind": about["kind"],
                "namespace": namespace_of(about),
                "name": name_of(about),
                "uid": uid_of(about),
            },
            "type": type_,
            "reason": reason,
            "message": message[:MESSAGE_LIMIT],
            "count": 1,
            "firstTimestamp": times.time(now),
            "lastTimestamp": times.time(now),
            "source": {"component": self._component},
            "reportingComponent": self._component,
        }
        try:
            self._writer.create(EVENTS, body)
        except (ApiError, NoAnswer):
            return
