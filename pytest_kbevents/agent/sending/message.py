"""The bytes of a message, as Go writes them: an Event's name is a hash of them."""

from __future__ import annotations

import base64
import re
from dataclasses import replace

from pytest_kbevents.api import times
from pytest_kbevents.api.messages import ProbeMessage, TaskMessage

MARKER = "...(truncated)"

_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile('[\\x00-\\x1f"\\\\<>&\u2028\u2029\ud800-\udfff]')


def encode(message: ProbeMessage, limit: int | None = None, *, output_first: bool = False) -> str:
    """The JSON text: fixed key order, no spaces, empty output and message left out; at most ``limit`` bytes of it.

    What is too long loses the end of ``message`` first, then of ``output``, or the other way round; when neither is
    left it is sent as it is.
    """
    text = _encoded(message)
    while limit is not None and (over := len(text.encode()) - limit) > 0:
        shorter = _shortened(message, over, output_first=output_first)
        if shorter == message:
            break
        message = shorter
        text = _encoded(message)
    return text


def _encoded(message: ProbeMessage) -> str:
    fields = [
        ("instance", quoted(message.instance)),
        ("probe", quoted(message.probe)),
        ("code", str(message.code)),
        ("output", quoted(base64.b64encode(message.output).decode()) if message.output else ""),
        ("message", quoted(message.message) if message.message else ""),
    ]
    return "{" + ",".join(f'"{key}":{value}' for key, value in fields if value) + "}"


def encode_task(message: TaskMessage) -> str:
    """A task's: times are always there, the zero time says that it has not ended."""
    texts = {"instance": message.instance, "task": message.task, "UID": message.uid, "replica": message.replica}
    moments = {"startTime": message.started, "endTime": message.ended}
    fields = [f'"{key}":{quoted(text)}' for key, text in texts.items()]
    fields += [f'"{key}":"{times.nano_time(micros)}"' for key, micros in moments.items()]
    fields.append(f'"code":{message.code}')
    fields += [f'"message":{quoted(message.message)}'] if message.message else []
    return "{" + ",".join(fields) + "}"


def _shortened(message: ProbeMessage, over: int, *, output_first: bool) -> ProbeMessage:
    """Bytes are cut, not characters: half a character is half a character until it is quoted."""
    raw = message.message.encode("utf-8", "surrogateescape")
    if len(raw) > len(MARKER) and not (output_first and message.output):
        kept = raw[: max(0, len(raw) - over - len(MARKER))]
        return replace(message, message=kept.decode("utf-8", "surrogateescape") + MARKER)
    return replace(message, output=message.output[: max(0, len(message.output) - over)])


def quoted(text: str) -> str:
    """A text as Go writes it in JSON."""
    return '"' + _ESCAPED.sub(lambda match: _escape(match[0]), text) + '"'


def _escape(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    return "\\ufffd" if "\ud800" <= char <= "\udfff" else f"\\u{ord(char):04x}"
