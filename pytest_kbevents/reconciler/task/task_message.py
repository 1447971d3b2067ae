"""Out of an Event's message, what became of a task."""

from __future__ import annotations

from pytest_kbevents.api import gojson
from pytest_kbevents.api.messages import TaskMessage

_FIELDS = {
    "instance": ("instance", gojson.text),
    "task": ("task", gojson.text),
    "UID": ("uid", gojson.text),
    "replica": ("replica", gojson.text),
    "startTime": ("started", gojson.moment),
    "endTime": ("ended", gojson.moment),
    "code": ("code", gojson.int32),
    "output": ("output", gojson.octets),
    "message": ("message", gojson.text),
}
"""Key in JSON -> field, and what reads it."""


def decode(message: str) -> TaskMessage:
    """Raises ValueError when the controller could not read it."""
    found = gojson.decode(message, {key: convert for key, (_, convert) in _FIELDS.items()})
    return TaskMessage(**{_FIELDS[key][0]: value for key, value in found.items()})
