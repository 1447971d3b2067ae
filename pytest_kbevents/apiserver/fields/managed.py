"""Bookkeeping of managedFields for every write but Apply: the writer gains what it changed, the others lose that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_kbevents.api.objects import Object, uid_of
from pytest_kbevents.apiserver.fields import changes, fieldset
from pytest_kbevents.apiserver.fields.changes import Changes
from pytest_kbevents.apiserver.fields.entries import Entry, Managed, Operation, sent, shown, stored
from pytest_kbevents.apiserver.fields.fieldset import EMPTY, FieldSet
from pytest_kbevents.apiserver.schemas.schema import Schema

MOST_UPDATERS = 10
"""Entries of Updates that an object keeps; the oldest beyond are joined as ``ancient-changes``."""
ANCIENT = "ancient-changes"
UNKNOWN = "unknown"

_UNOWNED_METADATA = (
    *("name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation", "managedFields"),
    "resourceVersion",
)
UNOWNED: FieldSet = fieldset.of_paths(
    ("f:apiVersion",), ("f:kind",), ("f:metadata",), *(("f:metadata", f"f:{name}") for name in _UNOWNED_METADATA)
)
"""What nobody owns."""

Convert = Callable[[Object, str], tuple[Object, Schema] | None]
"""An object as it is in another apiVersion, with that version's type; None if there is no such version."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is written: a kind in one version, or a subresource of it."""

    api_version: str
    kind: str
    schema: Schema
    subresource: str = ""
    reset: FieldSet = field(default_factory=dict)
    """What a write through here cannot change (status, say), and hence not own; with all below it."""
    convert: Convert | None = None
    """For kinds whose versions differ in their fields."""

    def entry(self, manager: str, operation: Operation, fields: FieldSet, time: str) -> Entry:
        """A manager's entry for what it wrote here."""
        return Entry(manager or UNKNOWN, operation, self.api_version, fields, time, self.subresource)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, and when (RFC 3339, to the second)."""

    manager: str
    time: str
    force: bool = False
    """Of an Apply: take what others own."""


def update(before: Object, after: Object, target: Target, writer: Writer) -> dict[str, Any]:
    """``after`` with the managedFields of a create (``before`` is ``{}``), update, patch or status write.

    What the request sent as managedFields counts if it is sound, except through a subresource: ``[]`` or ``[{}]``
    clears them, absent or unsound ones are those of ``before``. An object without any stays so until it is applied.
    Values that no type has, which validation refuses later, belong to nobody: the entries are those of ``before``.
    """
    return _with(after, written(before, after, target, writer))


def written(before: Object, after: Object, target: Target, writer: Writer) -> list[Mapping[str, Any]]:
    """The managedFields alone that ``update`` gives an object."""
    managed = _before_write(before, after, target)
    if not managed and uid_of(before):
        return []
    try:
        managed = recorded(managed, before, after, target, writer)
    except ValueError:  # an item of a keyed list without a key
        return shown(managed)
    return shown(capped(managed))


def recorded(managed: Managed, before: Object, after: Object, target: Target, writer: Writer) -> Managed:
    """The entries after an Update, however many."""
    difference = Differences(before, after, target)
    added, removed = difference.in_version(target.api_version) or (EMPTY, EMPTY)
    fields = fieldset.difference(added, UNOWNED)
    entry = target.entry(writer.manager, "Update", fields, writer.time)
    own = managed.get(entry.identity)
    if own and fields and fields is added and not removed and fieldset.union(own.fields, fields) is own.fields:
        others = {identity: other for identity, other in managed.items() if other is not own}
        return {**dict(difference.lost(others)), entry.identity: own.at(writer.time)}  # as most writes: of the same
    result = dict(difference.lost(managed))
    if fields:
        earlier = result.get(entry.identity)
        result[entry.identity] = entry.owning(fieldset.union(earlier.fields, fields)) if earlier else entry
    return result


class Differences:
    """What a write changed, told in each version that somebody's entry is in."""

    def __init__(self, before: Object, after: Object, target: Target) -> None:
        self._before, self._after, self._target = before, after, target
        self._known: dict[str, Changes | None] = {}

    def in_version(self, version: str) -> Changes | None:
        """None if the kind has no such version."""
        if version not in self._known:
            self._known[version] = self._compared(version)
        return self._known[version]

    def lost(self, managed: Managed) -> Iterator[tuple[Any, Entry]]:
        """The entries less what was changed; those left without fields, or in a version that is gone, fall out."""
        changed: dict[str, FieldSet | None] = {}
        for identity, entry in managed.items():
            version = entry.api_version
            if version not in changed:
                difference = self.in_version(version)
                changed[version] = difference and fieldset.union(*difference)
            gone = changed[version]
            if gone is not None and (fields := fieldset.difference(entry.fields, gone)):
                yield identity, entry.owning(fields)

    def _compared(self, version: str) -> Changes | None:
        before, after, schema = self._before, self._after, self._target.schema
        if version != self._target.api_version and self._target.convert:
            old, new = self._target.convert(before, version), self._target.convert(after, version)
            if old is None or new is None:
                return None
            before, after, schema = old[0], *new
        written, removed = changes.changed(before, after, schema)
        reset = self._target.reset
        return fieldset.without(written, reset), fieldset.without(removed, reset)


def capped(managed: Managed) -> Managed:
    """The entries, the oldest Updates of each version joined until no more than ten are left."""
    if len(managed) <= MOST_UPDATERS:
        return managed
    updates = [entry for entry in managed.values() if entry.operation == "Update"]
    surplus = len(updates) - MOST_UPDATERS
    if surplus <= 0:
        return managed
    result = dict(managed)
    oldest: dict[str, Entry] = {}
    for entry in sorted(updates, key=lambda e: (e.time, _sort_name(e))):
        if surplus <= 0:
            break
        version = entry.api_version
        if version in oldest:
            del result[oldest[version].identity], result[entry.identity]
            oldest[version] = _joined(oldest[version], entry)
            result[oldest[version].identity] = oldest[version]
            surplus -= 1
        else:
            oldest[version] = result.get(("Update", ANCIENT, version, ""), entry)
    return result


def _joined(older: Entry, newer: Entry) -> Entry:
    fields = fieldset.union(newer.fields, older.fields)
    return Entry(ANCIENT, "Update", newer.api_version, fields, newer.time)


def with_entries(obj: Object, managed: Managed) -> dict[str, Any]:
    """The object with those managedFields, or without the field if there are none."""
    return _with(obj, shown(managed))


def _with(obj: Object, entries: list[Mapping[str, Any]]) -> dict[str, Any]:
    metadata = {key: value for key, value in (obj.get("metadata") or {}).items() if key != "managedFields"}
    if entries:
        metadata["managedFields"] = entries
    return {**obj, "metadata": metadata}


def keep_times(before: Object, after: Object) -> Object:
    """``before`` if ``after`` differs from it by times of managedFields alone: such a write is none."""
    old, new = entries_of(before), entries_of(after)
    if not old or not new or _timeless(old) != _timeless(new):
        return after
    return before if with_entries(before, {}) == with_entries(after, {}) else after


def entries_of(obj: Object) -> Any:
    """``metadata.managedFields`` as it stands; None if absent."""
    return (obj.get("metadata") or {}).get("managedFields")


def _before_write(before: Object, after: Object, target: Target) -> Managed:
    own, given = entries_of(before), entries_of(after)
    if target.subresource or given is None or given == own:
        return stored(own)
    if given in ([], [{}]):
        return {}
    try:
        return sent(given) or stored(own)
    except ValueError:
        return stored(own)


def _sort_name(entry: Entry) -> tuple[str, str, str]:
    return entry.manager, entry.api_version, entry.subresource


def _timeless(managed: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in entry.items() if key != "time"} for entry in managed]
