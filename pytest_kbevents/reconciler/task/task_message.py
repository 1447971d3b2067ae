"""Out of an Event's message, what became of a task."""

from __future__ import annotations

from pytest_kbevents.api import gojson
from pytest_kbevents.api.messages import TaskMessage

_READ = gojson.record(
    TaskMessage,
    {
        "instance": ("instance", gojson.text),
        "task": ("task", gojson.text),
        "UID": ("uid", gojson.text),
        "replica": ("replica", gojson.text),
        "startTime": ("started", gojson.moment),
        "endTime": ("ended", gojson.moment),
        "code": ("code", gojson.int32),
        "output": ("output", gojson.octets),
        "message": ("message", gojson.text),
    },
)


def decode(message: str) -> TaskMessage:
    """Raises ValueError when the controller could not read it."""
    read: TaskMessage = gojson.document(message, _READ)
    return read
