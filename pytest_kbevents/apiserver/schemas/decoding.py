"""From a body to an object: values of the declared types only, written as Kubernetes writes them back.

What comes out is fresh, except for parts of the body that *are* parts of the stored object, which need no second look.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.objects import detached
from pytest_kbevents.apiserver.schemas import gotime, quantity
from pytest_kbevents.apiserver.schemas.schema import Schema
from pytest_kbevents.apiserver.schemas.text import Repeated

_KINDS = {str: "string", bool: "bool", int: "number", float: "number", list: "array", dict: "object"}
_MAPPINGS = (dict, Mapping)
"""What has fields; nearly always it is the first, which is told at once."""
_MICRO_TIME = len("2006-01-02T15:04:05.000000Z")
_INTEGERS = {"int32": 2**31, "int64": 2**63, "uint16": 2**16}


class WrongType(Exception):
    """A value that Go's decoder would not take; the text is Go's."""


@dataclass
class Decoder:
    """One body's way in. ``problems`` are what strict field validation minds, in the order of the document."""

    problems: list[str] = field(default_factory=list)

    def object(self, value: Any, schema: Schema, known: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The object that a body describes; ``known`` is the stored one. Raises WrongType."""
        return self._object(value, schema, _Place(schema.struct), known)

    def at(self, name: str, value: Any, schema: Schema, known: Any = None) -> dict[str, Any]:
        """As ``object``, of a value that stands in a field. Raises WrongType."""
        return self._object(value, schema, _Place(schema.struct, name), known)

    def _value(self, value: Any, schema: Schema, place: _Place, known: Any = None) -> Any:
        if known is not None and value is known:
            return value
        match schema.form:
            case "object":
                return self._object(value, schema, place, known)
            case "map":
                return self._map(value, schema, place, known)
            case "list":
                return self._list(value, schema, place)
            case "any":
                return detached(value)
        return _SCALARS[schema.form](value, schema, place)

    def _object(self, value: Any, schema: Schema, place: _Place, known: Any) -> dict[str, Any]:
        if not isinstance(value, _MAPPINGS):
            raise place.wrong(value, schema)
        self._check_repeated(value, place)
        fields, found = schema.fields, {}
        known = known if isinstance(known, _MAPPINGS) else {}
        for name, item in value.items():
            if name in known and item is known[name]:
                found[name] = item
                continue
            part = fields.get(name)
            if part is None:
                self.problems.append(f'unknown field "{place.inside(name).path}"')
            elif item is not None:
                if _is_text(item, part):
                    decoded = item
                else:
                    decoded = self._value(item, part, place.field(schema, name), known.get(name))
                if decoded or not part.drops_empty:
                    found[name] = decoded if decoded or not part.nil_when_empty else None
        for name, part in schema.written_fields.items():
            if name not in found:
                empty = part.form == "object" and part.zero is not None
                found[name] = self._object({}, part, place.field(schema, name), None) if empty else part.zero
        return found

    def _map(self, value: Any, schema: Schema, place: _Place, known: Any) -> dict[str, Any]:
        if not isinstance(value, _MAPPINGS):
            raise place.wrong(value, schema)
        self._check_repeated(value, place)
        assert schema.items is not None
        zero = "" if schema.items.form == "string" else None
        known = known if isinstance(known, _MAPPINGS) else {}
        return {
            key: item
            if (key in known and item is known[key]) or _is_text(item, schema.items)
            else zero
            if item is None
            else self._value(item, schema.items, place.inside(key), known.get(key))
            for key, item in value.items()
        }

    def _list(self, value: Any, schema: Schema, place: _Place) -> list[Any]:
        if not isinstance(value, (list, tuple)):
            raise place.wrong(value, schema)
        assert schema.items is not None
        empty: Any = {} if schema.items.form in ("object", "map") else ""
        return [
            self._value(empty if item is None else item, schema.items, place.item(index))
            for index, item in enumerate(value)
        ]

    def _check_repeated(self, value: Any, place: _Place) -> None:
        if isinstance(value, Repeated):
            self.problems.extend(f'duplicate field "{place.inside(name).path}"' for name in value.names)


@dataclass(slots=True)
class _Place:
    """Where in the body: for strict problems with indexes, for Go's errors with the names of its structs."""

    struct: str
    path: str = ""
    names: str = ""

    def inside(self, name: str) -> _Place:
        return _Place(self.struct, f"{self.path}.{name}" if self.path else name, self.names)

    def field(self, schema: Schema, name: str) -> _Place:
        path = f"{self.path}.{name}" if self.path else name
        return _Place(schema.struct, path, f"{self.names}.{name}" if self.names else name)

    def item(self, index: int) -> _Place:
        return _Place(self.struct, f"{self.path}[{index}]", self.names)

    def wrong(self, value: Any, schema: Schema, what: str = "") -> WrongType:
        """Go's words for a value of another type."""
        given = what or _KINDS.get(type(value), "object")
        into = f"Go struct field {self.struct}.{self.names}" if self.names else "Go value"
        return WrongType(f"json: cannot unmarshal {given} into {into} of type {schema.go}")


def _is_text(value: Any, schema: Schema) -> bool:
    """Whether the value is good as it stands, as most are."""
    return type(value) is str and schema.form == "string" and schema.format not in _FORMATS


def _string(value: Any, schema: Schema, place: _Place) -> str:
    if schema.format == "quantity" and isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise place.wrong(value, schema)
    rule = _FORMATS.get(schema.format)
    return rule(value) if rule else value


def _integer(value: Any, schema: Schema, place: _Place) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise place.wrong(value, schema)
    bound = _INTEGERS.get(schema.format, 2**63)
    if isinstance(value, float) or not -bound <= value < bound:
        raise place.wrong(value, schema, f"number {value}")
    return value


def _number(value: Any, schema: Schema, place: _Place) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise place.wrong(value, schema)
    return value


def _boolean(value: Any, schema: Schema, place: _Place) -> bool:
    if not isinstance(value, bool):
        raise place.wrong(value, schema)
    return value


def _int_or_string(value: Any, schema: Schema, place: _Place) -> Any:
    if isinstance(value, str):
        return value
    return _integer(value, replace(schema, go="int32", format="int32"), place)


def _time(value: str) -> str | None:
    return times.time(_parsed(value, gotime.SECONDS)) if value else None


def _micro_time(value: str) -> str | None:
    return times.micro_time(_parsed(value, gotime.MICROS)) if value else None


def _parsed(value: str, layout: str) -> int:
    try:
        if layout == gotime.SECONDS or len(value) == _MICRO_TIME:
            return times.parse(value)
    except ValueError:
        pass
    problem = gotime.problem(value, layout)
    if problem:
        raise WrongType(problem)
    return times.parse(re.sub(r"[.,](\d{1,9})\d*", r".\1", value))


def _bytes(value: str) -> str:
    try:
        return base64.b64encode(base64.b64decode(value.replace("\n", "").replace("\r", ""), validate=True)).decode()
    except (binascii.Error, ValueError):
        good = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
        bad = next((index for index, char in enumerate(value) if char not in good), len(value) // 4 * 4)
        raise WrongType(f"illegal base64 data at input byte {bad}") from None


def _quantity(value: str) -> str:
    try:
        return quantity.canonical(value)
    except ValueError as error:
        raise WrongType(str(error)) from None


_FORMATS: Mapping[str, Callable[[str], Any]] = {
    "time": _time,
    "micro-time": _micro_time,
    "byte": _bytes,
    "quantity": _quantity,
}
_SCALARS: Mapping[str, Callable[[Any, Schema, _Place], Any]] = {
    "string": _string,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "int-or-string": _int_or_string,
}
