"""Actions and probes in kbagent's environment variables, as its Go structs take them (event-pipeline.md section 6)."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

from pytest_kbevents.agent.actions.action import Action, RetryPolicy
from pytest_kbevents.agent.probes.probeconfig import ProbeConfig
from pytest_kbevents.api import gojson

NANOSECONDS = 1000
"""In a microsecond."""


def actions(text: str) -> list[Action]:
    """Of ``KB_AGENT_ACTION``. Raises ValueError for what is not a list of actions; null is none."""
    found: list[Action] = gojson.document(text, gojson.array(_action))
    return found


def probes(text: str) -> list[ProbeConfig]:
    """Of ``KB_AGENT_PROBE``. Raises ValueError for what is not a list of probes; null is none."""
    found: list[ProbeConfig] = gojson.document(text, gojson.array(_PROBE))
    return found


def _int64(value: Any) -> int:
    """An integer literal within 64 bits."""
    if type(value) is not int or not -(2**63) <= value < 2**63:
        raise ValueError(f"cannot unmarshal {value!r} into an int64")
    return value


def _micros(value: Any) -> int:
    """A Go duration, which is nanoseconds."""
    return _int64(value) // NANOSECONDS


def words(value: Any) -> tuple[str, ...]:
    """A list of texts; null is an empty one, in the list as well as instead of it."""
    return tuple(gojson.array(lambda item: "" if item is None else gojson.text(item))(value))


_EXEC: gojson.Shape = {"command": words, "args": words}
_HTTP: gojson.Shape = {
    **dict.fromkeys(("port", "host", "scheme", "path", "method", "body"), gojson.text),
    "headers": gojson.array(gojson.struct({"name": gojson.text, "value": gojson.text})),
}
_GRPC: gojson.Shape = {
    **dict.fromkeys(("port", "host", "service", "method"), gojson.text),
    "request": gojson.texts,
    "response": gojson.struct({"status": gojson.text, "message": gojson.text}),
}
RETRY = gojson.record(RetryPolicy, {"maxRetries": ("max_retries", _int64), "retryInterval": ("interval", _micros)})
_ACTION = gojson.struct(
    {
        "name": gojson.text,
        "exec": gojson.struct(_EXEC),
        "http": gojson.struct(_HTTP),
        "grpc": gojson.struct(_GRPC),
        "timeoutSeconds": gojson.int32,
        "retryPolicy": RETRY,
        "nonBlocking": gojson.boolean,
    }
)
_PROBE = gojson.record(
    partial(ProbeConfig, action=""),
    {
        "instance": ("instance", gojson.text),
        "action": ("action", gojson.text),
        "initialDelaySeconds": ("initial_delay", gojson.int32),
        "periodSeconds": ("period", gojson.int32),
        "successThreshold": ("success_threshold", gojson.int32),
        "failureThreshold": ("failure_threshold", gojson.int32),
        "reportPeriodSeconds": ("report_period", gojson.int32),
        "reportOnFileChange": ("watched", words),
    },
)
_KINDS: tuple[Literal["exec", "http", "grpc"], ...] = ("exec", "http", "grpc")


def _action(value: Any) -> Action:
    fields = _ACTION(value)
    command: tuple[str, ...] = fields.get("exec", {}).get("command", ())
    return Action(
        name=fields.get("name", ""),
        kind=next((kind for kind in _KINDS if kind in fields), ""),
        command=command and command + fields["exec"].get("args", ()),  # args alone are no command
        timeout=fields.get("timeoutSeconds", 0),
        retry=fields.get("retryPolicy", RetryPolicy()),
        non_blocking=fields.get("nonBlocking", False),
    )
