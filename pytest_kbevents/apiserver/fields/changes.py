"""What a write changed, as field sets. It runs on every write: it goes down only where something differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_kbevents.apiserver.fields import elements, fieldset
from pytest_kbevents.apiserver.fields.elements import SELF
from pytest_kbevents.apiserver.fields.fieldset import MEMBER, FieldSet
from pytest_kbevents.apiserver.fields.granularity import ABSENT, is_granular, part, unwritten
from pytest_kbevents.apiserver.schemas.schema import ANY, Schema

Changes = tuple[FieldSet, FieldSet]
"""What is new or differs, and what is gone."""

_Node = tuple[FieldSet | None, FieldSet | None]

_NONE: dict[str, Any] = {}
_NO_ITEMS: list[Any] = []


def changed(before: Mapping[str, Any], after: Mapping[str, Any], schema: Schema) -> Changes:
    """(written, removed): what ``after`` adds or modifies, and what it no longer has.

    A field that Go writes even when it is absent is read as its zero value, so an object without ``status`` has the
    empty one. Order of items alone is no change. Raises ValueError for an item of a list without its keys.
    """
    return _fields(before, after, schema)


def _fields(old: Mapping[str, Any], new: Mapping[str, Any], schema: Schema) -> Changes:
    written: dict[str, Any] = {}
    removed: dict[str, Any] = {}
    struct = bool(schema.struct) and old is not _NONE and new is not _NONE
    for name, value in new.items():
        was = old.get(name, ABSENT)
        if was is value:
            continue
        if was is ABSENT and struct:
            was = unwritten(schema, name)
            if was is ABSENT and value is None:
                continue
        if was != value:
            _note(f"f:{name}", _compare(was, value, part(schema, name)), written, removed)
    for name in [name for name in old if name not in new]:
        value, now = old[name], unwritten(schema, name) if struct else ABSENT
        if now != value and not (struct and value is None):
            _note(f"f:{name}", _compare(value, now, part(schema, name)), written, removed)
    return _ordered(written), _ordered(removed)


def _compare(old: Any, new: Any, schema: Schema) -> _Node:
    """What stands under an element whose values differ; None where nothing does."""
    parts_of_old, parts_of_new = is_granular(old, schema), is_granular(new, schema)
    if not (parts_of_old and old) and not (parts_of_new and new):
        return (None, MEMBER) if new is ABSENT else (MEMBER, None)
    if isinstance(new if parts_of_new else old, list):
        inner = _items(old if parts_of_old else _NO_ITEMS, new if parts_of_new else _NO_ITEMS, schema)
    else:
        inner = _fields(old if parts_of_old else _NONE, new if parts_of_new else _NONE, schema)
    written, removed = inner
    if old is ABSENT or (parts_of_old != parts_of_new and old is not None and new is not None and new is not ABSENT):
        written = {SELF: MEMBER, **written}
    elif new is ABSENT:
        removed = {SELF: MEMBER, **removed}
    return (fieldset.folded(written) if written else None), (fieldset.folded(removed) if removed else None)


def _items(old: list[Any], new: list[Any], schema: Schema) -> Changes:
    written: dict[str, Any] = {}
    removed: dict[str, Any] = {}
    was, now = _by_element(old, schema), _by_element(new, schema)
    for element in was | now:
        before, after = was.get(element, _NO_ITEMS), now.get(element, _NO_ITEMS)
        if before != after:
            _note(element, _compare_items(before, after, schema.items or ANY), written, removed)
    return _ordered(written), _ordered(removed)


def _compare_items(before: list[Any], after: list[Any], schema: Schema) -> _Node:
    """Items that stand twice in a list are compared and owned as one."""
    if len(before) < 2 and len(after) < 2:
        return _compare(before[0] if before else ABSENT, after[0] if after else ABSENT, schema)
    if len(before) > 1 and len(after) > 1:
        return MEMBER, None
    if len(before) > 1:
        return (_compare(ABSENT, after[0], schema)[0] if after else None), MEMBER
    return MEMBER, (_compare(before[0], ABSENT, schema)[1] if before else None)


def _by_element(items: list[Any], schema: Schema) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for item in items:
        found.setdefault(elements.of_item(item, schema), []).append(item)
    return found


def _note(element: str, node: _Node, written: dict[str, Any], removed: dict[str, Any]) -> None:
    if node[0] is not None:
        written[element] = node[0]
    if node[1] is not None:
        removed[element] = node[1]


def _ordered(fields: dict[str, Any]) -> FieldSet:
    return fieldset.in_order(fields) if len(fields) > 1 else fields
