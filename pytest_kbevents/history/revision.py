"""One committed revision, and the state that revisions add up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pytest_kbevents.api.http import DELETED
from pytest_kbevents.api.objects import Key, Object, key_of
from pytest_kbevents.api.resources import Resource


@dataclass(frozen=True, slots=True)
class Revision:
    """``number`` is the resourceVersion, ``micros`` when it was seen, ``before`` the last state, if there was one."""

    number: int
    micros: int
    type: str
    resource: Resource
    object: Object
    before: Object | None

    @property
    def after(self) -> Object | None:
        """The object from this revision on; None when it was deleted."""
        return None if self.type == DELETED else self.object


class State:
    """All recorded objects as of one revision."""

    def __init__(self, objects: dict[tuple[str, Key], Object] | None = None) -> None:
        self._objects = dict(objects or {})

    def apply(self, revision: Revision) -> None:
        """Move on by one revision."""
        key = (revision.resource.qualified, key_of(revision.object))
        if revision.after is None:
            self._objects.pop(key, None)
        else:
            self._objects[key] = revision.after

    def get(self, resource: Resource, key: Key) -> Object | None:
        """One object, if it is there."""
        return self._objects.get((resource.qualified, key))

    def list(self, resource: Resource) -> Iterable[Object]:
        """All objects of a kind, in no order."""
        return [obj for (kind, _), obj in self._objects.items() if kind == resource.qualified]

    def copy(self) -> State:
        """A state that moves on by itself; the objects are shared."""
        return State(self._objects)
