"""Whatever is restricted in allOf, anyOf, oneOf and not must be there outside of them, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.apiserver.validation.causes import Cause, required

Schema = Mapping[str, Any]


def check(schema: Schema, place: str) -> Iterator[Cause]:
    """What is restricted, and nowhere else defined."""
    yield from _combined(schema, schema, place, place)


def _combined(restricting: Schema, schema: Schema, place: str, source: str) -> Iterator[Cause]:
    if restricting.get("not") is not None:
        yield from _nested(restricting["not"], schema, place, f"{source}.not")
    for word in ("allOf", "anyOf", "oneOf"):
        for index, part in enumerate(restricting.get(word) or ()):
            yield from _nested(part, schema, place, f"{source}.{word}[{index}]")


def _nested(restricting: Schema, schema: Schema, place: str, source: str) -> Iterator[Cause]:
    yield from _combined(restricting, schema, place, source)
    parts = [("items", restricting.get("items"), schema.get("items"))]
    defined: Schema = schema.get("properties") or {}
    for name, part in (restricting.get("properties") or {}).items():
        parts.append((f"properties[{name}]", part, defined.get(name)))
    for step, part, known in parts:
        if not isinstance(part, Mapping):
            continue
        if isinstance(known, Mapping):
            yield from _nested(part, known, f"{place}.{step}", f"{source}.{step}")
        else:
            yield required(f"{place}.{step}", f"because it is defined in {source}.{step}")
