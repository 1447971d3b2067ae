"""Schemas of custom resources, from the structural schemas of their definitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_kbevents.apiserver.schemas import builtin
from pytest_kbevents.apiserver.schemas.schema import BARE, Form, Schema

_PLAIN: tuple[Form, ...] = ("string", "integer", "number", "boolean")
_TEXT = Schema("string", go="string")
"""What ``additionalProperties: true`` says of values: anything, but of objects no field is known."""


def of_version(version: Mapping[str, Any], kind: str) -> Schema:
    """The type of one version's objects; apiVersion, kind and metadata are what they always are."""
    document = (version.get("schema") or {}).get("openAPIV3Schema") or {"x-kubernetes-preserve-unknown-fields": True}
    root = of(document)
    common = {"apiVersion": _TEXT, "kind": _TEXT, "metadata": builtin.object_meta()}
    schema = Schema(
        "object",
        go=kind,
        struct=kind,
        preserves_unknown=root.preserves_unknown,
        required=root.required,
        source=document,
    )
    schema.resolve_fields = lambda: {**root.fields, **common}
    return schema


def of(document: Mapping[str, Any]) -> Schema:
    """The type that one node of a structural schema describes."""
    keeps = bool(document.get("x-kubernetes-preserve-unknown-fields"))
    properties, values = document.get("properties"), document.get("additionalProperties")
    inner = document.get("items") if document.get("type") == "array" else values
    schema = Schema(
        _form(document),
        format=document.get("format", ""),
        list_type=document.get("x-kubernetes-list-type", "atomic"),
        keys=tuple(document.get("x-kubernetes-list-map-keys") or ()),
        atomic=document.get("x-kubernetes-map-type") == "atomic",
        preserves_unknown=keeps,
        embedded=bool(document.get("x-kubernetes-embedded-resource")),
        nullable=bool(document.get("nullable")),
        required=tuple(document.get("required") or ()),
        default=document.get("default"),
        source=document,
    )
    schema.resolve_fields = lambda: _fields(properties or {}, embedded=schema.embedded)
    schema.resolve_items = lambda: of(inner) if isinstance(inner, Mapping) else BARE if inner else None
    return schema


def _form(document: Mapping[str, Any]) -> Form:
    if document.get("x-kubernetes-int-or-string"):
        return "int-or-string"
    match document.get("type"):
        case "array":
            return "list"
        case "object":
            return "map" if "additionalProperties" in document and not document.get("properties") else "object"
    plain: Mapping[str, Form] = {name: name for name in _PLAIN}
    return plain.get(document.get("type", ""), "any")


def _fields(properties: Mapping[str, Any], *, embedded: bool) -> Mapping[str, Schema]:
    fields = {name: of(part) for name, part in properties.items()}
    if embedded:
        fields |= {"apiVersion": _TEXT, "kind": _TEXT, "metadata": builtin.object_meta()}
    return fields
