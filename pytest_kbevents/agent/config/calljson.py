"""The JSON of a call, over HTTP and as the handshake of a stream (event-pipeline.md section 6, HTTP)."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.agent.actions.action import Call
from pytest_kbevents.agent.config.lists import RETRY, words
from pytest_kbevents.api import gojson


def decode(text: str) -> Call:
    """Raises ValueError for what is not such an object; null is an empty one."""
    fields = gojson.decode(text, _CALL)
    return Call(
        fields.get("action", ""),
        fields.get("parameters", {}),
        tuple(fields.get("arguments", ())),
        fields.get("timeoutSeconds"),
        fields.get("retryPolicy"),
        fields.get("rerun", False),
        fields.get("nonBlocking", False),
    )


def _arguments(value: Any) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = gojson.array(words)(value)
    return found


_CALL: gojson.Shape = {
    "action": gojson.text,
    "parameters": gojson.texts,
    "arguments": _arguments,
    "timeoutSeconds": gojson.int32,
    "retryPolicy": RETRY,
    "rerun": gojson.boolean,
    "nonBlocking": gojson.boolean,
}
