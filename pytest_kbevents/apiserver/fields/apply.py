"""Server-side apply: the applier says what it wants to own, and the rest of the object stays with its owners."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import Any

from pytest_kbevents.api.objects import Object, name_of, namespace_of
from pytest_kbevents.apiserver.fields import checking, fieldset, lastapplied, managed, members, merging
from pytest_kbevents.apiserver.fields.conflicts import contested, refusal
from pytest_kbevents.apiserver.fields.entries import Entry, Managed, stored
from pytest_kbevents.apiserver.fields.fieldset import FieldSet
from pytest_kbevents.apiserver.fields.managed import Differences, Target, Writer
from pytest_kbevents.apiserver.schemas.schema import Schema
from pytest_kbevents.errors import BadRequest, UnknownError

BEFORE_FIRST_APPLY = "before-first-apply"
"""Who owns the fields of an object without managedFields when it is applied to."""


def apply(live: Object, config: Any, target: Target, applier: Writer) -> Object:
    """The object after the apply, managedFields included; ``live`` is ``{}`` for one that is created by it.

    What the applier applied before and does not apply now is taken away unless somebody else owns it; null stays where
    that leaves nothing in an object or list, so decode the result as a request's body. An apply that changes nothing
    but who owns fields has no time in the applier's new entry. All of it as in a real server.

    Raises:
        BadRequest: the configuration is of another type, or has managedFields.
        UnknownError: a value has the wrong type, a field is unknown, an item stands twice or has no key.
        Conflict: without force, a field would change that others own; the details have a cause for each.
    """
    _check(config, target)
    entries = stored(managed.entries_of(live)) or _before_first_apply(live, target, applier)
    applied = fieldset.without(members.of(config, target.schema), target.reset)
    entry = target.entry(applier.manager, "Apply", applied, applier.time)
    earlier = entries.pop(entry.identity, None)
    merged = merging.merged(dict(live), config, target.schema)
    result = _pruned(merged, earlier, [entry, *entries.values()], target.schema)
    differences = Differences(live, result, target)
    if not applier.force:
        _refuse_conflicts(live, entries, differences, target, applier.manager)
    entries = dict(differences.lost(entries))
    owned = fieldset.difference(applied, managed.UNOWNED)
    if owned:
        time = applier.time if result != live else earlier.time if earlier else ""
        entries[entry.identity] = entry.owning(owned).at(time)
    result = managed.with_entries(result, entries)
    return lastapplied.kept_up(result, config) if applier.manager == lastapplied.MANAGER else result


def _check(config: Any, target: Target) -> None:
    kind = _kind(config.get("apiVersion", ""), config.get("kind", ""))
    if kind != _kind(target.api_version, target.kind):
        raise BadRequest(f"invalid object type: {kind}")
    if isinstance(managed.entries_of(config), list):
        raise BadRequest("metadata.managedFields must be nil")
    found = list(checking.problems(config, target.schema))
    if found:
        raise UnknownError(
            f"failed to create typed patch object ({namespace_of(config)}/{name_of(config)}; {kind}): "
            f"{checking.joined(found)}"
        )


def _kind(api_version: str, kind: str) -> str:
    """As Go prints a GroupVersionKind: ``/v1, Kind=Pod``."""
    return f"{api_version if '/' in api_version else f'/{api_version}'}, Kind={kind}"


def _before_first_apply(live: Object, target: Target, applier: Writer) -> Managed:
    return managed.recorded({}, {}, live, target, replace(applier, manager=BEFORE_FIRST_APPLY))


def _refuse_conflicts(live: Object, entries: Managed, differences: Differences, target: Target, manager: str) -> None:
    written, _ = differences.in_version(target.api_version) or (fieldset.EMPTY, fieldset.EMPTY)
    conflicts = contested(entries.values(), written)
    if conflicts and manager == lastapplied.MANAGER:
        allowed = lastapplied.unchanged_since(live, target)
        conflicts = [conflict for conflict in conflicts if not fieldset.has(allowed, conflict.path)]
    if conflicts:
        raise refusal(conflicts)


def _pruned(merged: Any, earlier: Entry | None, owners: list[Entry], schema: Schema) -> Any:
    """The merged object less what ``earlier`` applied and no owner has now."""
    if earlier is None or not fieldset.difference(earlier.fields, owners[0].fields):
        return merged

    def named(fields: FieldSet) -> FieldSet:
        return merging.with_named_fields(fields, schema)

    def members_without(fields: FieldSet) -> FieldSet:
        return named(members.of(_without(merged, fields, schema), schema))

    owned = named(reduce(fieldset.union, (owner.fields for owner in owners)))
    last, everything = named(earlier.fields), named(members.of(merged, schema))
    left = members_without(last)
    left = members_without(fieldset.difference(everything, fieldset.union(left, owned)))
    return _without(merged, fieldset.intersection(fieldset.difference(everything, left), last), schema)


def _without(value: Any, fields: FieldSet, schema: Schema) -> Any:
    return merging.removed(value, fields, schema) or {}
