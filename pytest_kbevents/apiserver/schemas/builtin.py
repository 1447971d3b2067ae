"""Schemas of the built-in kinds, from the OpenAPI definitions in ``types.json`` (made by ``tools/schemas.py``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pytest_kbevents.apiserver.schemas.schema import ANY, Form, Schema

REF = "#/components/schemas/"
META = "io.k8s.apimachinery.pkg.apis.meta.v1."
_FORMS: Mapping[str, Form] = {
    META + "Time": "string",
    META + "MicroTime": "string",
    META + "FieldsV1": "any",
    "io.k8s.apimachinery.pkg.runtime.RawExtension": "any",
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "int-or-string",
    "io.k8s.apimachinery.pkg.api.resource.Quantity": "string",
}
"""Types that write themselves in a way of their own."""
_FORMATS = {
    META + "Time": "time",
    META + "MicroTime": "micro-time",
    "io.k8s.apimachinery.pkg.api.resource.Quantity": "quantity",
}
_GO: Mapping[str, str] = {"string": "string", "boolean": "bool", "number": "float64"}
_SCALARS = ("string", "boolean", "number", "integer")
_ZEROS: Mapping[str, Any] = {"string": "", "integer": 0, "number": 0, "boolean": False, "object": {}}


@cache
def documents() -> Mapping[str, Any]:
    """The OpenAPI definitions by name."""
    found: Mapping[str, Any] = json.loads(Path(__file__).with_name("types.json").read_bytes())
    return found


@cache
def _names() -> Mapping[tuple[str, str, str], str]:
    return {
        (item["group"], item["version"], item["kind"]): name
        for name, document in documents().items()
        for item in document.get("x-kubernetes-group-version-kind", ())
    }


def knows(group: str, version: str, kind: str) -> bool:
    """Whether there is such a built-in kind."""
    return (group, version, kind) in _names()


def name_of(group: str, version: str, kind: str) -> str:
    """The name of a built-in kind's definition. Raises KeyError."""
    return _names()[group, version, kind]


def of_kind(group: str, version: str, kind: str) -> Schema:
    """The type of a built-in kind. Raises KeyError."""
    return definition(name_of(group, version, kind))


@cache
def definition(name: str) -> Schema:
    """The type of one definition, such as ``io.k8s.api.core.v1.Pod``."""
    document = documents()[name]
    struct = name.rpartition(".")[2]
    if name in _FORMS:
        return Schema(_FORMS[name], go=struct, format=_FORMATS.get(name, ""), source=document)
    if not document.keys() - {"description"}:
        return ANY
    return replace(_typed(document), go=struct, struct=struct)


def object_meta() -> Schema:
    """The type of ``metadata``, which custom resources have too."""
    return definition(META + "ObjectMeta")


def _typed(document: Mapping[str, Any]) -> Schema:
    """The type that one node of a document describes."""
    if reference := _reference(document):
        return definition(reference)
    form = _form(document)
    schema = Schema(
        form,
        go=_GO.get(form, "") or document.get("format", "int") if form in _SCALARS else "",
        format=document.get("format", ""),
        list_type=document.get("x-kubernetes-list-type", "atomic"),
        keys=tuple(document.get("x-kubernetes-list-map-keys", ())),
        atomic=document.get("x-kubernetes-map-type") == "atomic",
        required=tuple(document.get("required", ())),
        source=document,
    )
    schema.resolve_fields = lambda: {name: _field(part) for name, part in document.get("properties", {}).items()}
    inner = document.get("items") or document.get("additionalProperties")
    schema.resolve_items = lambda: _typed(inner) if inner else None
    return schema


def _reference(document: Mapping[str, Any]) -> str:
    target = document if "$ref" in document else document.get("allOf", ({},))[0]
    return str(target.get("$ref", "")).removeprefix(REF)


def _form(document: Mapping[str, Any]) -> Form:
    if "additionalProperties" in document:
        return "map"
    kind: Form = {"array": "list"}.get(document.get("type", ""), document.get("type", "any"))
    return kind


def _field(document: Mapping[str, Any]) -> Schema:
    """The type of a property: the type it refers to, as this field declares it."""
    schema = _typed(document)
    declared, *options = document.get("x-go", "").split(" ") if "x-go" in document else ("",)
    pointer = declared.startswith("*")
    timed = schema.format in ("time", "micro-time")
    is_struct = not pointer and (schema.form == "object" or timed)
    written = bool(declared) and "omitzero" not in options and (is_struct or "omitempty" not in options)
    return replace(
        schema,
        go=declared.lstrip("*") or schema.go,
        drops_empty=bool(declared) and not pointer and "omitempty" in options and not is_struct,
        written=written,
        nil_when_empty=written and schema.form in ("list", "map"),
        zero=None if timed or pointer else _ZEROS.get(schema.form),
        merge_key=document.get("x-kubernetes-patch-merge-key", ""),
        strategies=frozenset(filter(None, document.get("x-kubernetes-patch-strategy", "").split(","))),
        resolve_fields=lambda: schema.fields,
        resolve_items=lambda: schema.items,
    )
