"""OpenAPI 2 (Swagger): one document of everything, in the words of the older standard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_kbevents.apiserver.openapi import definitions, operations
from pytest_kbevents.apiserver.openapi.v3 import INFO, TOKEN
from pytest_kbevents.apiserver.schemas import builtin
from pytest_kbevents.apiserver.served import Served

_REF = "#/definitions/"
_NEWER = ("default", "nullable", "allOf", "anyOf", "oneOf", "not")
"""What the older standard has no words for, or clients of that time no mind to."""
_KEEPS = "x-kubernetes-preserve-unknown-fields"


def document(served: tuple[Served, ...]) -> dict[str, Any]:
    """The document about all that is served."""
    return {
        "swagger": "2.0",
        "info": INFO,
        "paths": {path: _item(item) for path, item in operations.of(served).items()},
        "definitions": {name: _schema(schema) for name, schema in definitions.of(served).items()},
        "securityDefinitions": {"BearerToken": TOKEN},
        "security": [{"BearerToken": []}],
    }


def _schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return {"$ref": schema["$ref"].replace(builtin.REF, _REF)}
    if "$ref" in (schema.get("allOf") or ({},))[0]:
        return _schema(schema["allOf"][0])
    if schema.get("nullable"):
        return {}
    if "oneOf" in schema and "type" not in schema:
        return {"type": "string", **({"format": schema["format"]} if "format" in schema else {})}
    found = {key: value for key, value in schema.items() if key not in _NEWER}
    if schema.get(_KEEPS) and "x-kubernetes-group-version-kind" not in schema:
        return {key: value for key, value in found.items() if key not in ("type", "properties", "required", "items")}
    if "properties" in found:
        found["properties"] = {name: _schema(part) for name, part in found["properties"].items()}
    for field in ("items", "additionalProperties"):
        if isinstance(found.get(field), Mapping):
            found[field] = _schema(found[field])
    return found


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {method: _operation(value) for method, value in item.items() if method != "parameters"}
    return found | {"parameters": [_parameter(each) for each in item.get("parameters", ())]}


def _operation(operation: Mapping[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody")
    parameters = [_parameter(each) for each in operation["parameters"]]
    found = {key: value for key, value in operation.items() if key != "requestBody"}
    if body:
        schema = next(iter(body["content"].values()))["schema"]
        required = {"required": True} if body.get("required") else {}
        parameters.insert(0, {"name": "body", "in": "body", "schema": _schema(schema), **required})
        found["consumes"] = list(body["content"])
    responses = {code: _response(answer) for code, answer in operation["responses"].items()}
    return found | {
        "produces": ["application/json", "application/yaml"],
        "parameters": parameters,
        "responses": responses,
    }


def _parameter(parameter: Mapping[str, Any]) -> dict[str, Any]:
    return {**{key: value for key, value in parameter.items() if key != "schema"}, **parameter["schema"]}


def _response(response: Mapping[str, Any]) -> dict[str, Any]:
    content = response.get("content")
    schema = {"schema": _schema(next(iter(content.values()))["schema"])} if content else {}
    return {"description": response["description"], **schema}
