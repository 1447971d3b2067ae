"""Who asked for what, and what came of it: every request, as data for reports (Kubernetes: the audit log)."""

from __future__ import annotations

from typing import NamedTuple


class AuditEntry(NamedTuple):
    """One answered request. ``revision`` is what it committed, None when nothing; ``problem`` its Status message."""

    micros: int
    user_agent: str
    method: str
    path: str
    code: int
    revision: int | None = None
    problem: str = ""
    user: str = ""
    """Who asked, as authenticated or impersonated; ``""`` when that is not known."""
    verb: str = ""
    """What Kubernetes calls it: get, list, watch, create, update, patch, delete, deletecollection."""


class Audit:
    """The entries in the order they were answered."""

    def __init__(self) -> None:
        self.entries: list[AuditEntry] = []
        self._writers: dict[int, str] = {}

    def add(self, entry: AuditEntry) -> None:
        """Note one answer."""
        self.entries.append(entry)
        if entry.revision is not None:
            self._writers[entry.revision] = entry.user_agent

    def writer(self, revision: int) -> str:
        """The user agent that committed a revision; ``""`` when this server did not see it."""
        return self._writers.get(revision, "")
