"""What an action is, what a call asks of it, and what comes of the call (event-pipeline.md section 6, Actions)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

FAILED, TIMED_OUT, NOT_DEFINED, BAD_REQUEST = "failed", "timedOut", "notDefined", "badRequest"
NOT_IMPLEMENTED, PRECONDITION_FAILED, IN_PROGRESS = "notImplemented", "preconditionFailed", "inProgress"
BUSY, UNKNOWN = "busy", "unknown"
"""Types of errors, as kbagent calls them."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often a failed run is repeated, and after how many microseconds."""

    max_retries: int = 0
    interval: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """One entry of ``KB_AGENT_ACTION``. ``timeout`` is in seconds, as configured: what it comes to depends on the
    release.
    """

    name: str
    kind: Literal["exec", "http", "grpc", ""] = "exec"
    command: tuple[str, ...] = ()
    """Of an exec: its command and args."""
    timeout: int = 0
    retry: RetryPolicy = RetryPolicy()
    non_blocking: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One request to run an action."""

    action: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    arguments: tuple[tuple[str, ...], ...] = ()
    """Each list of them is one run."""
    timeout: int | None = None
    """Seconds."""
    retry: RetryPolicy | None = None
    """Replaces the action's."""
    rerun: bool = False
    non_blocking: bool = False
    """1.0 line: it is the caller who says so."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a call failed. ``text`` is told as it is, and ends in the type."""

    type: str
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a call."""

    output: bytes = b""
    failure: Failure | None = None


def failure(type_: str, text: str = "") -> Result:
    """A failed call; ``text`` is what stands before the type."""
    return Result(failure=Failure(type_, f"{text}: {type_}" if text else type_))
