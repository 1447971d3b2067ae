"""How errors print parts of a definition: as JSON of Go's own fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_SCHEMA: Mapping[str, Any] = {
    "ID": "",
    "Schema": "",
    "Ref": None,
    "Description": "",
    "Type": "",
    "Nullable": False,
    "Format": "",
    "Title": "",
    "Default": None,
    "Maximum": None,
    "ExclusiveMaximum": False,
    "Minimum": None,
    "ExclusiveMinimum": False,
    "MaxLength": None,
    "MinLength": None,
    "Pattern": "",
    "MaxItems": None,
    "MinItems": None,
    "UniqueItems": False,
    "MultipleOf": None,
    "Enum": None,
    "MaxProperties": None,
    "MinProperties": None,
    "Required": None,
    "Items": None,
    "AllOf": None,
    "OneOf": None,
    "AnyOf": None,
    "Not": None,
    "Properties": None,
    "AdditionalProperties": None,
    "PatternProperties": None,
    "Dependencies": None,
    "AdditionalItems": None,
    "Definitions": None,
    "ExternalDocs": None,
    "Example": None,
    "XPreserveUnknownFields": None,
    "XEmbeddedResource": False,
    "XIntOrString": False,
    "XListMapKeys": None,
    "XListType": None,
    "XMapType": None,
    "XValidations": None,
}
_EXTENSIONS = {
    "XPreserveUnknownFields": "x-kubernetes-preserve-unknown-fields",
    "XEmbeddedResource": "x-kubernetes-embedded-resource",
    "XIntOrString": "x-kubernetes-int-or-string",
    "XListMapKeys": "x-kubernetes-list-map-keys",
    "XListType": "x-kubernetes-list-type",
    "XMapType": "x-kubernetes-map-type",
    "XValidations": "x-kubernetes-validations",
}
_SPELLED = {"ID": "id", "Schema": "$schema", "Ref": "$ref", **_EXTENSIONS}
_RULE = ("Rule", "Message", "MessageExpression", "Reason", "FieldPath", "OptionalOldSelf")
_COLUMN = {
    "Name": "name",
    "Type": "type",
    "Format": "format",
    "Description": "description",
    "Priority": "priority",
    "JSONPath": "jsonPath",
}
_VERSION: Mapping[str, Any] = {
    "Name": "",
    "Served": False,
    "Storage": False,
    "Deprecated": False,
    "DeprecationWarning": None,
    "Schema": None,
    "Subresources": None,
    "AdditionalPrinterColumns": None,
    "SelectableFields": None,
}


def words(schema: Mapping[str, Any]) -> list[str]:
    """The words that a schema says something with, in Go's order and spelling."""
    return [word for word, zero in _SCHEMA.items() if schema.get(spelled(word), zero) not in (zero, None)]


def spelled(word: str) -> str:
    """A word of a schema as JSON has it."""
    return _SPELLED.get(word, word[0].lower() + word[1:])


def schema(source: Mapping[str, Any]) -> dict[str, Any]:
    """A schema."""
    found = {}
    for word, zero in _SCHEMA.items():
        value = source.get(spelled(word))
        found[word] = zero if value is None else _OF_WORD.get(word, _same)(value)
    return found


def rule(source: Mapping[str, Any]) -> dict[str, Any]:
    """A CEL rule."""
    zeros = {"Reason": None, "OptionalOldSelf": None}
    return {word: source.get(spelled(word), zeros.get(word, "")) for word in _RULE}


def versions(sources: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The versions of a definition."""
    return [{word: _of_version(word, zero, source) for word, zero in _VERSION.items()} for source in sources]


def _of_version(word: str, zero: Any, source: Mapping[str, Any]) -> Any:
    value = source.get(word[0].lower() + word[1:])
    return zero if value is None else _OF_VERSION.get(word, _same)(value)


def _same(value: Any) -> Any:
    return value


def _schemas(value: list[Any]) -> list[Any]:
    return [schema(item) for item in value]


def _named(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: schema(value[name]) for name in sorted(value)}


def _schema_or_list(value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        return {"Schema": None, "JSONSchemas": _schemas(value)}
    return {"Schema": schema(value), "JSONSchemas": None}


def _schema_or_bool(value: Any) -> dict[str, Any]:
    is_schema = isinstance(value, Mapping)
    return {"Allows": is_schema or bool(value), "Schema": schema(value) if is_schema else None}


def _dependencies(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _schema_or_names(item) for name, item in sorted(value.items())}


def _schema_or_names(value: Any) -> dict[str, Any]:
    listed = isinstance(value, list)
    return {"Schema": None if listed else schema(value), "Property": value if listed else None}


def _documents(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"Description": value.get("description", ""), "URL": value.get("url", "")}


def _validation(value: Mapping[str, Any]) -> dict[str, Any]:
    found = value.get("openAPIV3Schema")
    return {"OpenAPIV3Schema": None if found is None else schema(found)}


def _subresources(value: Mapping[str, Any]) -> dict[str, Any]:
    scale = value.get("scale")
    paths = ("SpecReplicasPath", "StatusReplicasPath", "LabelSelectorPath")
    zeros = {"LabelSelectorPath": None}
    made = scale and {path: scale.get(spelled(path), zeros.get(path, "")) for path in paths}
    return {"Status": value.get("status"), "Scale": made}


def _columns(value: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{word: item.get(name, 0 if word == "Priority" else "") for word, name in _COLUMN.items()} for item in value]


def _selectable(value: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"JSONPath": item.get("jsonPath", "")} for item in value]


_OF_WORD: Mapping[str, Callable[[Any], Any]] = {
    "Items": _schema_or_list,
    **dict.fromkeys(("AllOf", "OneOf", "AnyOf"), _schemas),
    "Not": schema,
    **dict.fromkeys(("Properties", "PatternProperties", "Definitions"), _named),
    **dict.fromkeys(("AdditionalProperties", "AdditionalItems"), _schema_or_bool),
    "Dependencies": _dependencies,
    "ExternalDocs": _documents,
    "XValidations": lambda rules: [rule(item) for item in rules],
}
_OF_VERSION: Mapping[str, Callable[[Any], Any]] = {
    "Schema": _validation,
    "Subresources": _subresources,
    "AdditionalPrinterColumns": _columns,
    "SelectableFields": _selectable,
}
