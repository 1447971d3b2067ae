"""The ordered record of one world."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pytest_kbevents.api.http import WatchEvent
from pytest_kbevents.api.objects import key_of, revision_of
from pytest_kbevents.api.resources import Resource
from pytest_kbevents.history.revision import Revision, State


class History:
    """Revisions in the order they were seen, and the state after the newest of them."""

    def __init__(self) -> None:
        self.revisions: list[Revision] = []
        self.state = State()

    def append(self, resource: Resource, item: WatchEvent, micros: int) -> None:
        """Record one item of a watch."""
        number = int(revision_of(item.object))
        before = self.state.get(resource, key_of(item.object))
        revision = Revision(number, micros, item.type, resource, item.object, before)
        self.revisions.append(revision)
        self.state.apply(revision)

    def replay(self) -> Replay:
        """A reader that starts at the newest revision."""
        return Replay(self)

    def dump(self) -> str:
        """One JSON document a revision and line, with sorted keys: two equal runs give equal text."""
        return "".join(
            json.dumps(
                {"time": item.micros, "type": item.type, "resource": item.resource.qualified, "object": item.object},
                sort_keys=True,
                ensure_ascii=False,
            )
            + "\n"
            for item in self.revisions
        )


class Replay:
    """Goes through a history revision by revision, with the state at each; asked again, it goes on from there."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._next = len(history.revisions)
        self.state = history.state.copy()

    def __iter__(self) -> Iterator[Revision]:
        while self._next < len(self._history.revisions):
            revision = self._history.revisions[self._next]
            self._next += 1
            self.state.apply(revision)
            yield revision
