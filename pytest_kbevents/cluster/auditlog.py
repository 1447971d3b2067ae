"""The audit log of a real kube-apiserver, as the report reads it."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pytest_kbevents.api import times

POLICY = {
    "apiVersion": "audit.k8s.io/v1",
    "kind": "Policy",
    "omitStages": ["RequestReceived", "ResponseStarted"],
    "omitManagedFields": True,
    "rules": [
        {"level": "None", "userGroups": ["system:masters"], "users": ["system:apiserver"]},
        {"level": "RequestResponse", "verbs": ["create", "update", "patch"]},
        {"level": "Metadata"},
    ],
}
"""Answers to writes in full, for the resourceVersion that each has committed."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answered request; ``revision`` is what it left, 0 when that is not known."""

    micros: int
    user_agent: str
    method: str
    path: str
    code: int
    problem: str
    revision: int


_METHODS = {"create": "POST", "update": "PUT", "patch": "PATCH", "delete": "DELETE", "deletecollection": "DELETE"}


class AuditLog:
    """Read when it is asked for: a run that passes never needs it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read = 0
        self._lock = threading.Lock()
        self._entries: list[Answered] = []
        self._writers: dict[int, str] = {}

    @property
    def entries(self) -> Sequence[Answered]:
        """In the order they were answered."""
        self._go_on()
        return self._entries

    def writer(self, revision: int) -> str:
        """The user agent whose create, update or patch left that revision; ``""`` for deletions."""
        self._go_on()
        return self._writers.get(revision, "")

    def _go_on(self) -> None:
        """Worlds that run at once read the same log."""
        if not self._file.exists():
            return
        with self._lock, self._file.open("rb") as log:
            log.seek(self._read)
            for line in log:
                if not line.endswith(b"\n"):
                    break
                self._read += len(line)
                self._add(_answered(json.loads(line)))

    def _add(self, entry: Answered) -> None:
        self._entries.append(entry)
        if entry.revision:
            # an update that changes nothing is answered with the revision of who wrote before
            self._writers.setdefault(entry.revision, entry.user_agent)


def _answered(event: dict[str, Any]) -> Answered:
    status = event.get("responseStatus") or {}
    metadata = (event.get("responseObject") or {}).get("metadata") or {}
    return Answered(
        times.parse(event["stageTimestamp"]),
        event.get("userAgent", ""),
        _METHODS.get(event["verb"], "GET"),
        event["requestURI"],
        status.get("code", 0),
        status.get("message", "") if status.get("code", 0) >= 400 else "",
        int(metadata.get("resourceVersion") or 0),
    )
