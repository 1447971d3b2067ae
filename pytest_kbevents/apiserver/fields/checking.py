"""What an applied configuration must be before it can be merged: values of the types that the kind declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.fields import elements
from pytest_kbevents.apiserver.fields.granularity import is_free
from pytest_kbevents.apiserver.schemas.schema import ANY, Schema

_SCALARS = (str, bool, int, float)


def problems(value: Any, schema: Schema, path: str = "") -> Iterator[str]:
    """Every problem in structured-merge-diff's words, such as ``.data.a: expected string, got ...``; null is any type.

    Checked are types, names of fields, and that items of sets and keyed lists are there once.
    """
    match schema.form:
        case "object" | "map":
            yield from _of_object(value, schema, path)
        case "list":
            yield from _of_list(value, schema, path)
        case _:
            if problem := _of_scalar(value, schema):
                yield _at(path, problem)


def joined(found: list[str]) -> str:
    """The problems as one text."""
    return found[0] if len(found) == 1 else "\n  ".join(["errors:", *found])


def _at(path: str, problem: str) -> str:
    return f"{path}: {problem}" if path else problem


def _of_object(value: Any, schema: Schema, path: str) -> Iterator[str]:
    if value is None:
        return
    if not isinstance(value, dict):
        yield _at(path, f"expected map, got {_boxed(value)}")
        return
    for name, item in value.items():
        if schema.form == "map":
            kind = schema.items or ANY
        elif name in schema.fields:
            kind = schema.fields[name]
        elif schema.preserves_unknown or not schema.fields:
            kind = ANY
        else:
            yield _at(f"{path}.{name}", "field not declared in schema")
            return
        yield from problems(item, kind, f"{path}.{name}")


def _of_list(value: Any, schema: Schema, path: str) -> Iterator[str]:
    if value is None:
        return
    if not isinstance(value, list):
        yield _at(path, f"expected list, got {_boxed(value)}")
        return
    seen = set()
    for index, item in enumerate(value):
        inner = f"{path}[{index}]"
        if schema.list_type != "atomic":
            try:
                element = elements.of_item(item, schema)
            except ValueError as error:
                yield _at(path, f"element {index}: {error}")
                return
            inner = path + elements.text(element)
            if element in seen:
                yield _at(path, f"duplicate entries for key {elements.text(element)}")
            seen.add(element)
        yield from problems(item, schema.items or ANY, inner)


def _of_scalar(value: Any, schema: Schema) -> str | None:
    if value is None or is_free(schema):
        return None
    match schema.form:
        case "integer" | "number":
            fits, problem = _is_number(value), f"expected numeric (int or float), got {gotext.type_of(value)}"
        case "boolean":
            fits, problem = isinstance(value, bool), f"expected boolean, got {_boxed(value)}"
        case "string" if schema.format in {"", "byte"}:
            fits = isinstance(value, str)
            problem = f"expected string, got &value.valueUnstructured{{Value:{gotext.syntax(value)}}}"
        case _:
            fits, problem = isinstance(value, _SCALARS), f"expected any scalar, got {_boxed(value)}"
    return None if fits else problem


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _boxed(value: Any) -> str:
    return f"&{{{gotext.plain(value)}}}"
