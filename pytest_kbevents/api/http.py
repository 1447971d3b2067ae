"""What crosses the wire: a request, its answer, and the items of a watch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from pytest_kbevents.api.objects import Object

JSON = "application/json"
YAML = "application/yaml"
PROTOBUF = "application/vnd.kubernetes.protobuf"
JSON_PATCH = "application/json-patch+json"
MERGE_PATCH = "application/merge-patch+json"
STRATEGIC_MERGE_PATCH = "application/strategic-merge-patch+json"
APPLY_YAML = "application/apply-patch+yaml"

PLAIN = frozenset((JSON, "", "*/*"))
"""Accept headers of those who want objects as they are: what is asked for when nothing special is."""

ADDED, MODIFIED, DELETED, ERROR, BOOKMARK = "ADDED", "MODIFIED", "DELETED", "ERROR", "BOOKMARK"
"""Types of a WatchEvent."""


@dataclass(frozen=True, slots=True)
class Request:
    """One call of the Kubernetes API.

    ``body`` is a JSON value, which only HTTP serialises, or bytes that are sent as they stand. ``headers`` are those
    beside the three that every request has, by lower-case name (``authorization``, ``impersonate-user``).
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    content_type: str = JSON
    accept: str = JSON
    user_agent: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WatchEvent:
    """One item of a watch: a type and the object as it was at that revision (for ERROR: a Status)."""

    type: str
    object: Object


class WatchStream(Protocol):
    """A running watch, read without waiting, so that one thread can serve many."""

    def ready(self) -> bool:
        """Whether ``take`` has something to say: an item, or that the stream has ended."""

    def take(self) -> WatchEvent | None:
        """The next item; None when there is none now."""

    def ended(self) -> bool:
        """Whether no item will ever come again: the server closed the watch, or the connection broke."""

    def close(self) -> None:
        """Stop the watch. Idempotent."""


@dataclass(frozen=True, slots=True)
class Response:
    """The answer: a JSON value or a text, or for a watch that was accepted a stream.

    ``headers`` are those that say more than the body does, by lower-case name (``warning``, ``content-type``).
    """

    status: int
    body: Any = None
    stream: WatchStream | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
