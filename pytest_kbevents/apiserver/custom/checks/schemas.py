"""A value against its schema."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pytest_kbevents.apiserver.custom.checks import combining, correlation, findings, formats, scalars
from pytest_kbevents.apiserver.custom.checks.correlation import NOTHING
from pytest_kbevents.apiserver.custom.checks.findings import Findings, Problem

Schema = Mapping[str, Any]
_NAMES: Final = {bool: "boolean", str: "string", int: "integer", float: "number", list: "array", dict: "object"}
_FORMATS = {"integer": ("int32", "int64"), "number": ("float", "double")}
_WHOLE = 2**53 - 1
"""The largest float that is a whole number beyond doubt."""
_TYPE_META = ("apiVersion", "kind")


def check(value: Any, schema: Schema, path: str = "", old: Any = NOTHING) -> Findings:
    """What is wrong with a value; ``old`` is what it was before, and what has not changed since is not minded.

    ``path`` is how problems name it.
    """
    if value is old:
        return Findings()
    found = node(value, schema, path, old)
    if found.problems and old is not NOTHING and correlation.equal(value, old, schema):
        return Findings(matches=found.matches)
    return found


def node(value: Any, schema: Schema, path: str, old: Any = NOTHING) -> Findings:
    """As ``check``, of one of several schemas for a value: whether that has changed is not its matter."""
    found = Findings()
    types, form = types_of(schema), format_of(schema)
    if types or form:
        problem = _type(value, types, form, schema, path)
        if problem is None:
            found.matches += 1
        else:
            found.add(problem)
    if value is None:
        found.add(*_enum(value, schema, path))
        return found
    found.matches += bool(types or form)
    combining.add(found, value, schema, path, old)
    _of_kind(found, value, schema, path, old)
    found.add(*_enum(value, schema, path))
    found.matches += 2
    return found


def types_of(schema: Schema) -> tuple[str, ...]:
    """The types that a value may be of; none means any."""
    if schema.get("x-kubernetes-int-or-string"):
        return "integer", "string"
    return (schema["type"],) if schema.get("type") else ()


def format_of(schema: Schema) -> str:
    """The format, where it is one that is checked."""
    form: str = schema.get("format") or ""
    types = types_of(schema)
    kind = types[0] if len(types) == 1 else "string"
    fits = formats.known(form) if kind == "string" else form in _FORMATS.get(kind, ())
    return form if form and fits else ""


def type_name(value: Any) -> str:
    """What JSON Schema calls a value's type; a whole number of more than 64 bits is none to Go."""
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return "number"
    return next((name for kind, name in _NAMES.items() if isinstance(value, kind)), "null")


def _type(value: Any, types: tuple[str, ...], form: str, schema: Schema, path: str) -> Problem | None:
    listed = ",".join(types)
    if value is None:
        return None if not types or schema.get("nullable") else findings.wrong_type(path, listed, "null")
    given = type_name(value)
    fits = given in types
    fits |= given == "integer" and "number" in types
    fits |= given == "number" and "integer" in types and abs(value) <= _WHOLE and value == int(value)
    if given not in ("string", "array") and form and not fits:
        return findings.wrong_type(path, form, {"integer": "int64", "number": "float64"}.get(given, ""))
    if form and given in ("string", "array") and not {"number", "integer"} & set(types):
        return None
    return None if fits else findings.wrong_type(path, listed, given)


def _of_kind(found: Findings, value: Any, schema: Schema, path: str, old: Any) -> None:
    """What is asked of a value of its kind, whatever the schema's type."""
    if isinstance(value, str):
        found.matches += 1
        problem = scalars.of_text(value, schema, path)
        found.add(*([problem] if problem else []))
        form = format_of(schema)
        if formats.known(form):
            found.matches += 1
            if not formats.fits(form, value):
                found.add(findings.wrong_type(path, form, value))
    elif isinstance(value, dict):
        _object(found, value, schema, path, old)
        found.matches += 1
    elif isinstance(value, list):
        _list(found, value, schema, path, old)
        found.matches += 2
    elif not isinstance(value, bool):
        types = types_of(schema)
        typed = (types[0], format_of(schema)) if len(types) == 1 else ("", "")
        found.add(*scalars.of_number(value, schema, typed, path))
        found.matches += 2


def _object(found: Findings, value: dict[str, Any], schema: Schema, path: str, old: Any) -> None:
    count, least, most = len(value), schema.get("minProperties"), schema.get("maxProperties")
    if least is not None and count < least:
        found.add(findings.invalid(path, count, f"should have at least {least} properties"))
    if most is not None and count > most:
        found.add(findings.too_many(path, count, most))
    properties: Schema = schema.get("properties") or {}
    others = schema.get("additionalProperties")
    for name, item in value.items():
        if name in properties:
            inside = f"{path}.{name}" if path else name
            before = NOTHING if not path and name in _TYPE_META else correlation.of_key(old, name)
            found.merge(check(item, properties[name], inside, before))
        elif isinstance(others, Mapping):
            found.merge(check(item, others, f"{path}.{name}", correlation.of_key(old, name)))
    for name in schema.get("required") or ():
        if name not in value:
            found.add(findings.required(f"{path}.{name}"))


def _list(found: Findings, value: list[Any], schema: Schema, path: str, old: Any) -> None:
    items = schema.get("items")
    if isinstance(items, Mapping):
        before = correlation.of_items(value, old, schema)
        for index, item in enumerate(value):
            found.merge(check(item, items, f"{path}[{index}]", before[index]))
    count, least, most = len(value), schema.get("minItems"), schema.get("maxItems")
    if least is not None and count < least:
        found.add(findings.invalid(path, count, f"should have at least {least} items"))
    if most is not None and count > most:
        found.add(findings.too_many(path, count, most))


def _enum(value: Any, schema: Schema, path: str) -> Iterator[Problem]:
    allowed = schema.get("enum")
    if allowed and not any(_is(value, item) for item in allowed):
        yield findings.unsupported(path, value, allowed)


def _is(value: Any, item: Any) -> bool:
    """Whether a value is one of a fixed set, or becomes it when Go makes it one of its type."""
    if isinstance(value, (bool, type(None))) or isinstance(item, (bool, type(None))):
        return value is item
    if isinstance(value, int) and isinstance(item, str):
        return item == (chr(value) if 0 <= value <= sys.maxunicode and not 0xD800 <= value < 0xE000 else "\ufffd")
    if isinstance(value, float) and isinstance(item, int):
        return int(value) == item
    return bool(value == item) and isinstance(value, str) == isinstance(item, str)
