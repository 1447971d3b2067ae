"""Who wrote a revision, by what the object itself says of it: the owners of its fields (managedFields)."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.names import AGENT
from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.history.history import History
from pytest_kbevents.history.revision import Revision


class Managers:
    """Looks revisions up by their number. What is known is the part of the user agent before its first slash."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._read = 0
        self._found: dict[int, str] = {}

    def all(self) -> set[str]:
        """All so far."""
        return {self.writer(revision.number) for revision in self._history.revisions} - {""}

    def writer(self, number: int) -> str:
        """``""`` for deletions, and where the API server does not say."""
        revisions = self._history.revisions
        while self._read < len(revisions):
            revision = revisions[self._read]
            self._found[revision.number] = _writer(revision)
            self._read += 1
        return self._found.get(number, "")


def _writer(revision: Revision) -> str:
    """The owner of the entry that is new or newer than before."""
    if revision.after is None:
        return ""
    before = _entries(revision.before or {})
    changed = [each for each in _entries(revision.object) if each not in before]
    newest = max(changed, key=lambda entry: str(entry.get("time", "")), default={})
    name = str(newest.get("manager", ""))
    if name == AGENT and revision.resource == EVENTS:
        return f"{AGENT}/{(revision.object.get('involvedObject') or {}).get('name', '')}"
    return name


def _entries(obj: Object) -> list[dict[str, Any]]:
    return list((obj.get("metadata") or {}).get("managedFields") or ())
