"""The words of a schema: which are forbidden, which exclude each other, and what CEL rules say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pytest_kbevents.apiserver.custom.cel.costs import limits
from pytest_kbevents.apiserver.custom.cel.costs.limits import Budget
from pytest_kbevents.apiserver.custom.defining import listing, rules
from pytest_kbevents.apiserver.custom.defining.rules import Rules
from pytest_kbevents.apiserver.validation.causes import Cause, forbidden, invalid, unsupported

Schema = Mapping[str, Any]
_TYPES = ("array", "boolean", "integer", "number", "object", "string")
_UNSUPPORTED = ("id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref")
_EMBEDDED, _PRESERVES = "x-kubernetes-embedded-resource", "x-kubernetes-preserve-unknown-fields"
_UNIQUE = "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"
_META = ("apiVersion", "kind", "metadata")


@dataclass(frozen=True, slots=True)
class Context:
    """What a schema is told by those that it stands in."""

    place: str
    root: bool = False
    rules: bool = True
    """CEL rules are looked at: all above is structural, and no combination."""
    no_default: str | None = None
    """Why no default may be set; None where it may."""
    in_meta: bool = False
    """Inside of what every object has."""
    count: int | None = 1
    """How many values the schema can have in one object; None for no bound."""
    budget: Budget = field(default_factory=Budget)
    """What the rules cost."""
    uncorrelated: str = ""
    """The place from which on it cannot be told what a value was before an update; ``""`` where it can."""

    def inside(self, step: str, **changes: Any) -> Context:
        """The context of a part."""
        return replace(self, place=f"{self.place}.{step}", root=False, **changes)


@dataclass(slots=True)
class Found:
    """What is wrong, the rules' causes apart."""

    words: list[Cause] = field(default_factory=list)
    rules: list[Cause] = field(default_factory=list)


def check(schema: Schema, context: Context) -> Found:
    """What is wrong with a schema and all below it."""
    found = Found(words=[*_plain(schema, context)])
    for part, inside in _parts(schema, context):
        below = check(part, inside)
        found.words += below.words
        found.rules += below.rules
    if schema.get(_PRESERVES) is False:
        found.words.append(invalid(f"{context.place}.{_PRESERVES}", False, "must be true or undefined"))
    found.words += [*listing.check(schema, context.place), *rules.written(schema, context.place)]
    if context.rules and not found.words:
        standing = Rules(context.place, context.uncorrelated, context.count, context.budget)
        found.rules += standing.check(schema, root=_is_object(schema, context))
    return found


def _plain(schema: Schema, context: Context) -> Iterator[Cause]:
    place, kind, items = context.place, schema.get("type") or "", schema.get("items")
    if kind and kind not in _TYPES:
        yield unsupported(f"{place}.type", kind, _TYPES)
    if schema.get("default") is not None and context.no_default is not None:
        yield forbidden(f"{place}.default", f"must not be set {context.no_default}")
    for word in _UNSUPPORTED:
        if schema.get(word) not in (None, "", {}):
            yield forbidden(f"{place}.{word}", f"{word} is not supported")
    if kind == "null":
        yield forbidden(f"{place}.type", "type cannot be set to null, use nullable as an alternative")
    if isinstance(items, list) and items:
        yield forbidden(f"{place}.items", "items must be a schema object and not an array")
    if context.in_meta and schema.get(_EMBEDDED):
        yield forbidden(f"{place}.{_EMBEDDED}", "must not be used inside of resource meta")
    if schema.get("uniqueItems"):
        yield forbidden(f"{place}.uniqueItems", _UNIQUE)
    others = schema.get("additionalProperties")
    if others is not None and others is not True and schema.get("properties"):
        yield forbidden(f"{place}.additionalProperties", "additionalProperties and properties are mutual exclusive")


def _parts(schema: Schema, context: Context) -> Iterator[tuple[Schema, Context]]:
    """The schemas inside of a schema."""
    others, items = schema.get("additionalProperties"), schema.get("items")
    if isinstance(others, Mapping):
        told = "inside additionalProperties applying to object metadata" if context.in_meta else context.no_default
        yield others, context.inside("additionalProperties", no_default=told, count=limits.below(schema, context.count))
    for name, part in sorted((schema.get("properties") or {}).items()):
        yield part, _of_property(schema, name, context)
    yield from _combined(schema, context)
    ends = context.uncorrelated or ("" if schema.get("x-kubernetes-list-type") == "map" else context.place)
    if isinstance(items, Mapping):
        yield items, context.inside("items", uncorrelated=ends, count=limits.below(schema, context.count))
    for index, part in enumerate(items if isinstance(items, list) else ()):
        yield part, context.inside(f"items[{index}]", uncorrelated=ends)


def _combined(schema: Schema, context: Context) -> Iterator[tuple[Schema, Context]]:
    if isinstance(schema.get("not"), Mapping):
        yield schema["not"], context.inside("not", rules=False)
    for word in ("allOf", "oneOf", "anyOf"):
        for index, part in enumerate(schema.get(word) or ()):
            yield part, context.inside(f"{word}[{index}]", rules=False)
    for word in ("definitions", "dependencies"):
        for name, part in sorted((schema.get(word) or {}).items()):
            if isinstance(part, Mapping):
                yield part, context.inside(f"{word}[{name}]", rules=False)


def _of_property(schema: Schema, name: str, context: Context) -> Context:
    inside = context.inside(f"properties[{name}]", count=limits.below(schema, context.count))
    if name in _META and _is_object(schema, context):
        no_default = f"in top-level {name}" if context.root else inside.no_default
        inside = replace(inside, in_meta=True, no_default=no_default)
    return inside


def _is_object(schema: Schema, context: Context) -> bool:
    """It has a kind, a version and metadata."""
    return context.root or bool(schema.get(_EMBEDDED))
