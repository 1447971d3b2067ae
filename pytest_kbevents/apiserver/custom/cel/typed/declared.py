"""Which type a schema's values are of, how long they can be and how short they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_kbevents.apiserver.custom.cel.naming import escaped
from pytest_kbevents.apiserver.custom.cel.typed import kinds
from pytest_kbevents.apiserver.custom.cel.typed.kinds import Type
from pytest_kbevents.apiserver.custom.cel.values import fields_of

LARGEST_REQUEST = 3 * 1024 * 1024
"""Bytes; what has no bound of its own has this one."""
_LONGEST = LARGEST_REQUEST - 2
_OF_FORMAT = {
    "byte": replace(kinds.BYTES, most=_LONGEST, smallest=2),
    "duration": replace(kinds.DURATION, most=32, smallest=3),
    "date": replace(kinds.TIMESTAMP, most=12, smallest=12),
    "date-time": replace(kinds.TIMESTAMP, most=32, smallest=21),
}
_OF_TYPE = {"boolean": replace(kinds.BOOL, smallest=4), "number": kinds.DOUBLE, "integer": kinds.INT}


def of(schema: Any, *, root: bool = False, name: str = "selfType") -> Type | None:
    """The type of a schema's values; None for what rules do not see. ``root`` has what every object has."""
    if not isinstance(schema, Mapping):
        return None
    if schema.get("x-kubernetes-int-or-string"):
        return replace(kinds.DYN, most=_length(schema, 4))
    match schema.get("type"):
        case "array":
            item = _inside(schema.get("items"), f"{name}.@idx")
            return item and replace(kinds.list_of(item), most=_bound(schema, "maxItems", item.smallest + 1), smallest=2)
        case "object":
            return _of_object(schema, root=root, name=name)
        case "string":
            return _of_text(schema)
    return _OF_TYPE.get(schema.get("type", ""))


def _of_text(schema: Mapping[str, Any]) -> Type:
    found = _OF_FORMAT.get(schema.get("format", ""))
    if found is not None:
        return replace(found, most=_length(schema, 1)) if found == kinds.BYTES else found
    words = [word for word in schema.get("enum") or () if isinstance(word, str)]
    longest = max((len(word.encode()) for word in words), default=0)
    most = longest if schema.get("maxLength") is None and schema.get("enum") else _length(schema, 4)
    return replace(kinds.STRING, most=most, smallest=2)


def _of_object(schema: Mapping[str, Any], *, root: bool, name: str) -> Type | None:
    others = schema.get("additionalProperties")
    if isinstance(others, Mapping):
        value = _inside(others, f"{name}.@elem")
        most = _bound(schema, "maxProperties", value.smallest + 6) if value else 0
        return value and replace(kinds.map_of(kinds.STRING, value), most=most, smallest=2)
    fields, smallest, required = {}, 2, schema.get("required") or ()
    for field_name, part in fields_of(schema, root=root).items():
        spelled, kind = escaped(field_name), _inside(part, f"{name}.{field_name}")
        if kind is None:
            continue
        if spelled is not None:
            fields[spelled] = kind
        if field_name in required and part.get("default") is None:
            smallest += len(field_name.encode()) + kind.smallest + 4
    return Type(name, fields=fields, is_object=True, smallest=smallest)


def _inside(schema: Any, name: str) -> Type | None:
    root = isinstance(schema, Mapping) and bool(schema.get("x-kubernetes-embedded-resource"))
    return of(schema, root=root, name=name)


def _length(schema: Mapping[str, Any], per_letter: int) -> int:
    given = schema.get("maxLength")
    return _LONGEST if given is None else max(given, 0) * per_letter


def _bound(schema: Mapping[str, Any], word: str, smallest: int) -> int:
    """How many a schema allows, or a request can hold of what takes so many bytes."""
    given = schema.get(word)
    return _LONGEST // smallest if given is None else max(given, 0)
