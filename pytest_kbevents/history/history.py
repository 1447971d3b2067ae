"""The ordered record of one world."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

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
        return Replay(self.revisions, self.state.copy(), len(self.revisions))

    def from_the_start(self) -> Replay:
        """A reader that starts before the first revision."""
        return Replay(self.revisions, State(), 0)

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

    def __init__(self, revisions: Sequence[Revision], state: State, position: int) -> None:
        self._revisions = revisions
        self.state = state
        self.position = position
        """How many revisions it has gone through."""
        self._later: list[Revision] = []
        """Of these, those that it has put off."""

    def __iter__(self) -> Iterator[Revision]:
        while self._later:
            revision = self._later.pop(0)
            self.state.apply(revision)
            yield revision
        while self.position < len(self._revisions):
            revision = self._revisions[self.position]
            self.position += 1
            self.state.apply(revision)
            yield revision

    def up_to(self, position: int) -> Iterator[Revision]:
        """As far as another reader is."""
        if self.position < position:
            for revision in self:
                yield revision
                if self.position >= position:
                    return

    def to_revision(self, number: int) -> None:
        """Through all up to that number. In live worlds those of two kinds may have been seen in another order than
        they were committed: what is newer than that, and was seen before, comes next.
        """
        ahead = self._revisions[self.position :]
        length = max((index for index, each in enumerate(ahead, 1) if each.number <= number), default=0)
        passed = [*self._later, *ahead[:length]]
        self._later = [each for each in passed if each.number > number]
        self.position += length
        for revision in passed:
            if revision.number <= number:
                self.state.apply(revision)

    def to_the_end(self) -> Replay:
        """Itself, at the newest revision."""
        for _ in self:
            pass
        return self

    def copy(self) -> Replay:
        """A reader that goes on by itself from where this one is."""
        other = Replay(self._revisions, self.state.copy(), self.position)
        other._later = list(self._later)
        return other
