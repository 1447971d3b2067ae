"""Where ownership ends: what of a value is owned part by part, and what as a whole."""

from __future__ import annotations

from typing import Any, Final

from pytest_kbevents.apiserver.schemas.schema import ANY, Schema

ABSENT: Final[Any] = object()
"""No value, where null is one."""


def is_granular(value: Any, schema: Schema) -> bool:
    """Whether the value's fields or items have owners of their own; null, scalars and atomic values have not."""
    if isinstance(value, dict):
        return not schema.atomic and (schema.form in {"object", "map", "any"} or is_free(schema))
    return isinstance(value, list) and schema.form == "list" and schema.list_type != "atomic"


def is_free(schema: Schema) -> bool:
    """Whether any value will do: free JSON, and a custom resource's int-or-string, whose type is unchecked here."""
    return schema.form == "any" or (schema.form == "int-or-string" and not schema.go)


def part(schema: Schema, name: str) -> Schema:
    """The type of a field of an object, or of an entry of a map."""
    if schema.form == "object":
        return schema.fields.get(name, ANY)
    return (schema.items if schema.form == "map" else None) or ANY


def unwritten(schema: Schema, name: str) -> Any:
    """What an absent field of a Go struct is all the same: its zero, where Go writes that; ABSENT elsewhere."""
    kind = schema.fields.get(name)
    return kind.zero if kind is not None and kind.written else ABSENT
