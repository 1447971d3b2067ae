"""Defaults that do not fit the schema that they are a default of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.custom.cel.validator import Validator
from pytest_kbevents.apiserver.custom.checks import embedded, schemas
from pytest_kbevents.apiserver.custom.defining import nodes
from pytest_kbevents.apiserver.schemas import structural
from pytest_kbevents.apiserver.schemas.pruning import Pruner
from pytest_kbevents.apiserver.validation.causes import Cause, invalid, listed

Schema = Mapping[str, Any]
_EMBEDDED = "x-kubernetes-embedded-resource"
_EITHER = "x-kubernetes-int-or-string"
_META = ("apiVersion", "kind", "metadata")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a schema stands."""

    field: str
    steps: tuple[str | int, ...] = ()
    """From the object that it belongs to."""
    in_meta: bool = False
    """Inside of what every object has."""
    root: bool = False
    """It is an object's own."""


def check(schema: Schema, place: str) -> Iterator[Cause]:
    """What is wrong with the defaults of a schema that is structural. Raises NotCompiled (of CEL rules)."""
    yield from _node({**schema, _EMBEDDED: True}, _Place(place))


def _node(schema: Schema, place: _Place) -> Iterator[Cause]:
    root = bool(schema.get(_EMBEDDED))
    if root:
        place = replace(place, steps=(), in_meta=False)
    place = replace(place, root=root)
    default = schema.get("default")
    if default is not None:
        yield from _default(default, schema, place)
    if isinstance(schema.get("items"), Mapping):
        yield from _node(schema["items"], replace(place, field=f"{place.field}.items", steps=(*place.steps, 0)))
    for name, part in sorted((schema.get("properties") or {}).items()):
        in_meta = place.in_meta or (root and name in _META)
        inside = _Place(f"{place.field}.properties[{name}]", (*place.steps, name), in_meta)
        yield from _node(part, inside)


def _default(default: Any, schema: Schema, place: _Place) -> Iterator[Cause]:
    field = f"{place.field}.default"
    if place.in_meta:
        whole: Any = default
        for step in reversed(place.steps):
            whole = [whole] if step == 0 else {step: whole}
        whole = {"apiVersion": "validation/v1", "kind": "Validation", **whole}
        wrong = embedded.malformed(whole, {_EMBEDDED: True})
        if found := [wrong] if wrong else list(embedded.resource(whole, "")):
            yield invalid(field, gotext.ordered(default), f"must result in valid metadata: {listed(found)}")
            return
    else:
        if _has_unknown(default, schema):
            yield invalid(field, gotext.ordered(default), "must not have unknown fields")
        wrong = embedded.malformed(default, schema, field)
        if found := [wrong] if wrong else list(embedded.check(default, schema, field)):
            yield from found
            return
    found = list(schemas.check(default, _typed(schema)).causes(field))
    yield from found
    rules = None if found else Validator.of(schema, root=place.root)
    if rules is not None:
        yield from list(rules.check(default, default, field)) or rules.check(default, path=field)


def _typed(schema: Schema) -> Schema:
    """The schema as defaults are held to it: whether an int-or-string is either is not asked."""
    if not any(_EITHER in node for node in nodes.below(schema)):
        return schema
    parts = {**schema, "properties": {name: _typed(part) for name, part in (schema.get("properties") or {}).items()}}
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), Mapping):
            parts[word] = _typed(schema[word])
    return {word: value for word, value in parts.items() if word != _EITHER}


def _has_unknown(default: Any, schema: Schema) -> bool:
    pruner = Pruner()
    pruner.value(default, structural.of(schema))
    return bool(pruner.problems)
