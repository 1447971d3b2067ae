"""The definitions of custom resources, made of the schemas of their CustomResourceDefinitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_kbevents.apiserver.schemas import builtin
from pytest_kbevents.apiserver.served import Served

_CONVENTIONS = "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md"
_VERSION = (
    "APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized "
    "schemas to the latest internal value, and may reject unrecognized values."
)
_KIND = (
    "Kind is a string value representing the REST resource this object represents. Servers may infer this from the "
    "endpoint the client submits requests to. Cannot be updated. In CamelCase."
)
_OBJECT_META = {
    "description": f"Standard object's metadata. More info: {_CONVENTIONS}#metadata",
    "allOf": [{"$ref": f"{builtin.REF}{builtin.META}ObjectMeta"}],
}
_LIST_META = {
    "description": f"Standard list metadata. More info: {_CONVENTIONS}#types-kinds",
    "allOf": [{"$ref": f"{builtin.REF}{builtin.META}ListMeta"}],
}
_COMMON = {
    "apiVersion": {"description": f"{_VERSION} More info: {_CONVENTIONS}#resources", "type": "string"},
    "kind": {"description": f"{_KIND} More info: {_CONVENTIONS}#types-kinds", "type": "string"},
    "metadata": _OBJECT_META,
}
"""What every object has, as Kubernetes describes it."""
_EITHER = [{"type": "integer"}, {"type": "string"}]


def definitions(served: Served, name: str) -> dict[str, Any]:
    """The definitions of a kind, called ``name``, and of its list."""
    assert served.version is not None
    schema = (served.version.get("schema") or {}).get("openAPIV3Schema") or {
        "x-kubernetes-preserve-unknown-fields": True
    }
    own = _node(schema)
    resource = served.resource
    selectable = [
        {"fieldPath": item["jsonPath"].removeprefix(".")} for item in served.version.get("selectableFields") or ()
    ]
    extra = {"x-kubernetes-selectable-fields": selectable} if selectable else {}
    items = {"type": "array", "items": {"$ref": builtin.REF + name}}
    return {
        name: {
            **own,
            "type": "object",
            "properties": {**own.get("properties", {}), **_COMMON},
            "x-kubernetes-group-version-kind": [_kind(served, resource.kind)],
            **extra,
        },
        f"{name}List": {
            "description": f"{resource.kind}List is a list of {resource.kind}",
            "type": "object",
            "required": ["items"],
            "properties": {**_COMMON, "metadata": _LIST_META, "items": items},
            "x-kubernetes-group-version-kind": [_kind(served, f"{resource.kind}List")],
            **extra,
        },
    }


def _kind(served: Served, kind: str) -> dict[str, str]:
    return {"group": served.resource.group, "version": served.resource.version, "kind": kind}


def _node(schema: Mapping[str, Any]) -> dict[str, Any]:
    """One node as it is published: what stands behind its extensions is spelled out."""
    found = dict(schema)
    if properties := schema.get("properties"):
        found["properties"] = {name: _node(part) for name, part in sorted(properties.items())}
    for field in ("items", "additionalProperties"):
        if isinstance(schema.get(field), Mapping):
            found[field] = _node(schema[field])
    if schema.get("x-kubernetes-int-or-string"):
        found["anyOf"] = _EITHER
    if schema.get("x-kubernetes-embedded-resource"):
        found["properties"] = {**found.get("properties", {}), **_COMMON}
        found["required"] = ["kind", "apiVersion", *(schema.get("required") or ())]
    return found
