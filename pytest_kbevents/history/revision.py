"""One committed revision, and the state that revisions add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

    def __init__(self, objects: Mapping[tuple[str, Key], Object] | None = None) -> None:
        self._kinds: dict[str, dict[Key, Object]] = {}
        for (kind, key), obj in (objects or {}).items():
            self._kinds.setdefault(kind, {})[key] = obj

    def apply(self, revision: Revision) -> None:
        """Move on by one revision."""
        objects = self._kinds.setdefault(revision.resource.qualified, {})
        if revision.after is None:
            objects.pop(key_of(revision.object), None)
        else:
            objects[key_of(revision.object)] = revision.after

    def get(self, resource: Resource, key: Key) -> Object | None:
        """One object, if it is there."""
        return self._kinds.get(resource.qualified, {}).get(key)

    def list(self, resource: Resource) -> Iterable[Object]:
        """All objects of a kind, in no order."""
        return list(self._kinds.get(resource.qualified, {}).values())

    def copy(self) -> State:
        """A state that moves on by itself; the objects are shared."""
        other = State()
        other._kinds = {kind: dict(objects) for kind, objects in self._kinds.items()}
        return other
