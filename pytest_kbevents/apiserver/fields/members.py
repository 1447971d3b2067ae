"""The field set of a value: what a client owns that applies it."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.apiserver.fields import elements, fieldset
from pytest_kbevents.apiserver.fields.elements import SELF
from pytest_kbevents.apiserver.fields.fieldset import MEMBER, FieldSet
from pytest_kbevents.apiserver.fields.granularity import is_granular, part
from pytest_kbevents.apiserver.schemas.schema import ANY, Schema


def of(value: Any, schema: Schema) -> FieldSet:
    """Every leaf, item of a list and entry of a map in the value. Raises ValueError for an item without its keys.

    A list without items has no member, an object without fields is one. Items that stand twice in a list are members,
    what is in them is not.
    """
    if not is_granular(value, schema):
        return fieldset.EMPTY
    return _items(value, schema) if isinstance(value, list) else _fields(value, schema)


def _fields(value: dict[str, Any], schema: Schema) -> FieldSet:
    found: dict[str, Any] = {}
    for name in sorted(value):
        inner = _node(value[name], part(schema, name))
        if inner is None:
            continue
        declared = schema.form == "object" and name in schema.fields
        found[f"f:{name}"] = inner if declared else _as_member(inner)
    return found


def _items(value: list[Any], schema: Schema) -> FieldSet:
    found: dict[str, Any] = {}
    for item in value:
        element = elements.of_item(item, schema)
        found[element] = MEMBER if element in found else _as_member(_node(item, schema.items or ANY) or MEMBER)
    return fieldset.in_order(found) if len(found) > 1 else found


def _node(value: Any, schema: Schema) -> FieldSet | None:
    """What stands under a value's element; None if nothing of it is a member."""
    if value and is_granular(value, schema):
        return of(value, schema) or None
    return None if value == [] and is_granular(value, schema) else MEMBER


def _as_member(inner: FieldSet) -> FieldSet:
    return {SELF: MEMBER, **inner} if inner else MEMBER
