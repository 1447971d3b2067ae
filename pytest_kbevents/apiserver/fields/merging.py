"""Merging an applied configuration into an object, and taking fields out of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_kbevents.apiserver.fields import elements, fieldset
from pytest_kbevents.apiserver.fields.fieldset import FieldSet
from pytest_kbevents.apiserver.fields.granularity import ABSENT, is_granular, part
from pytest_kbevents.apiserver.schemas.schema import ANY, Schema


def merged(old: Any, new: Any, schema: Schema) -> Any:
    """``old`` with what ``new`` says; nothing is taken away. Raises ValueError for an item without its keys.

    Null or an empty value for what has parts leaves the parts that are there. Items of a list come in the order of
    ``new``, those of ``old`` alone between them where they stood.
    """
    if new is ABSENT or old is ABSENT:
        return old if new is ABSENT else new
    if not (old and is_granular(old, schema)):
        return new
    if not new and (new is None or is_granular(new, schema)):
        return old
    if type(new) is not type(old):
        return new
    return _merged_list(old, new, schema) if isinstance(old, list) else _merged_fields(old, new, schema)


def removed(value: Any, fields: FieldSet, schema: Schema) -> Any:
    """The value less the members of ``fields``; null if nothing is left in it, which is what a real server makes."""
    if not fields or not isinstance(value, (dict, list)):
        return value
    if not is_granular(value, schema):
        return None
    left = list(_left_of_list(value, fields, schema)) if isinstance(value, list) else _left(value, fields, schema)
    return left or None


def with_named_fields(fields: FieldSet, schema: Schema) -> FieldSet:
    """The set, with every field of an object as a member that has a member below it."""
    found: dict[str, Any] = {}
    for element, inner in fields.items():
        kind, declared = ANY, False
        if element[0] == "f":
            name = element[2:]
            kind, declared = part(schema, name), schema.form == "object" and name in schema.fields
        elif element[0] == "k":
            kind = schema.items or ANY
        full = with_named_fields(inner, kind)
        found[element] = fieldset.union(full, {elements.SELF: fieldset.MEMBER}) if declared and full else full
    return found


def _merged_fields(old: dict[str, Any], new: dict[str, Any], schema: Schema) -> dict[str, Any]:
    result = dict(old)
    for name, value in new.items():
        result[name] = merged(old.get(name, ABSENT), value, part(schema, name))
    return result


def _merged_list(old: list[Any], new: list[Any], schema: Schema) -> list[Any]:
    was = [elements.of_item(item, schema) for item in old]
    now = [elements.of_item(item, schema) for item in new]
    single = {element: item for element, item in zip(was, old, strict=True) if was.count(element) == 1}
    given = dict(zip(now, new, strict=True))
    return [
        old[place] if place is not None else merged(single.get(element, ABSENT), given[element], schema.items or ANY)
        for element, place in _interleaved(was, now)
    ]


def _interleaved(was: list[str], now: list[str]) -> Iterator[tuple[str, int | None]]:
    """The elements of the merged list; with its place in the old list if the new one does not have it.

    The new order holds. What the old list alone has stays before the first common element that it stood before.
    """
    known, given = set(was), set(now)
    common = iter([element for element in now if element in known])
    awaited = next(common, None)
    done: set[str] = set()
    at = 0
    for element in now:
        matched = False
        while at < len(was) and not (matched := was[at] == element):
            if was[at] not in given:
                yield was[at], at
            elif awaited in {None, was[at]}:
                at += was[at] in done
                break
            at += 1
        at += matched
        done.add(element)
        yield element, None
        if element == awaited:
            awaited = next(common, None)
    for place in range(at, len(was)):
        if was[place] not in given:
            yield was[place], place


def _left(value: dict[str, Any], fields: FieldSet, schema: Schema) -> dict[str, Any]:
    left = {}
    for name, item in value.items():
        inner = fields.get(f"f:{name}")
        kept = item if inner is None else _less(item, inner, part(schema, name))
        if kept is not ABSENT:
            left[name] = kept
    return left


def _left_of_list(value: list[Any], fields: FieldSet, schema: Schema) -> Iterator[Any]:
    for item in value:
        inner = fields.get(elements.of_item(item, schema))
        kept = item if inner is None else _less(item, inner, schema.items or ANY)
        if kept is not ABSENT:
            yield kept


def _less(item: Any, inner: FieldSet, schema: Schema) -> Any:
    return ABSENT if fieldset.is_member(inner) else removed(item, inner, schema)
