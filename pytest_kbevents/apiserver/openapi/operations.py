"""The operations on what is served, by path: what clients look up an operation's parameters by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pytest_kbevents.api.http import APPLY_YAML, JSON, JSON_PATCH, MERGE_PATCH, STRATEGIC_MERGE_PATCH, YAML
from pytest_kbevents.apiserver.openapi import definitions
from pytest_kbevents.apiserver.schemas import builtin
from pytest_kbevents.apiserver.served import Served

_TEXT, _NUMBER, _TRUTH = "string", "integer", "boolean"
_WRITES = {"dryRun": _TEXT, "fieldManager": _TEXT, "fieldValidation": _TEXT}
_SELECTS = {"continue": _TEXT, "fieldSelector": _TEXT, "labelSelector": _TEXT, "limit": _NUMBER}
_SELECTS |= {"resourceVersion": _TEXT, "resourceVersionMatch": _TEXT, "sendInitialEvents": _TRUTH}
_SELECTS |= {"timeoutSeconds": _NUMBER}
_DELETES = {"dryRun": _TEXT, "gracePeriodSeconds": _NUMBER, "orphanDependents": _TRUTH, "propagationPolicy": _TEXT}
PARAMETERS: Mapping[str, Mapping[str, str]] = {
    "get": {},
    "list": {"allowWatchBookmarks": _TRUTH, **_SELECTS, "watch": _TRUTH},
    "create": _WRITES,
    "update": _WRITES,
    "patch": {**_WRITES, "force": _TRUTH},
    "delete": _DELETES,
    "deletecollection": {**_SELECTS, **_DELETES},
}
"""Names and types of each verb's query."""
_METHODS = {"get": "get", "list": "get", "create": "post", "update": "put", "patch": "patch"}
_METHODS |= {"delete": "delete", "deletecollection": "delete"}
_ACTIONS = {"create": "post", "update": "put"}
_IDS = {"get": "read", "update": "replace", "deletecollection": "delete"}
_CODES = {"create": ("200", "201", "202"), "update": ("200", "201"), "patch": ("200", "201"), "delete": ("200", "202")}
_OF_MANY = ("list", "create", "deletecollection")
_OF_ONE = ("get", "update", "patch", "delete")
_PATCHES = (APPLY_YAML, JSON_PATCH, MERGE_PATCH)
_REASONS = {"200": "OK", "201": "Created", "202": "Accepted"}


def of(served: Iterable[Served]) -> dict[str, Any]:
    """The path items of some kinds, by path."""
    found = {path: item for each in served for path, item in _paths(each)}
    return {path: found[path] for path in sorted(found)}


def _paths(served: Served) -> Iterator[tuple[str, dict[str, Any]]]:
    resource = served.resource
    place = {"namespace": "{namespace}"} if resource.namespaced else {}
    own = definitions.name_of(served)
    if resource.namespaced and "list" in served.verbs:
        everywhere = _operation(served, "list", _kind(served, {}), f"{own}List", f"{resource.kind}ForAllNamespaces")
        yield resource.path(), {"get": everywhere}
    many = [verb for verb in _OF_MANY if verb in served.verbs]
    yield resource.path(**place), _item(served, many, {}) | _in_path(place)
    one = [verb for verb in _OF_ONE if verb in served.verbs]
    if one:
        yield resource.path(**place, name="{name}"), _item(served, one, {}) | _in_path(["name", *place])
    for name, entry in served.subresources.items():
        path = resource.path(**place, name="{name}", subresource=name)
        yield path, _item(served, entry["verbs"], entry) | _in_path(["name", *place])


def _item(served: Served, verbs: Iterable[str], entry: Mapping[str, Any]) -> dict[str, Any]:
    """The operations of a path; ``entry`` is a subresource's, of the resource itself it is empty."""
    answer = definitions.answer_of(served, entry) if entry else definitions.name_of(served)
    suffix = entry["name"].partition("/")[2].title() if entry else ""
    scope = "Namespaced" if served.resource.namespaced else ""
    item: dict[str, Any] = {}
    for verb in verbs:
        collection = "Collection" if verb == "deletecollection" else ""
        subject = f"{collection}{scope}{served.resource.kind}{suffix}"
        told = {"list": f"{answer}List", "delete": definitions.STATUS, "deletecollection": definitions.STATUS}
        item[_METHODS[verb]] = _operation(served, verb, _kind(served, entry), told.get(verb, answer), subject)
    return item


def _kind(served: Served, entry: Mapping[str, Any]) -> dict[str, str]:
    """The kind that an operation is said to be about: a custom resource's subresources are about itself."""
    resource = served.resource
    own = {"group": resource.group, "version": resource.version, "kind": resource.kind}
    return own if served.custom else own | {key: entry[key] for key in own if key in entry}


def _operation(served: Served, verb: str, kind: Mapping[str, str], answer: str, subject: str) -> dict[str, Any]:
    camel, tag = _group(served)
    responses: dict[str, Any] = {code: _response(code, answer) for code in _CODES.get(verb, ("200",))}
    return {
        "tags": [tag],
        "operationId": f"{_IDS.get(verb, verb)}{camel}{subject}",
        "parameters": [_in_query(name, typed) for name, typed in PARAMETERS[verb].items()],
        **_body(served, verb, answer),
        "responses": responses | {"401": {"description": "Unauthorized"}},
        "x-kubernetes-action": _ACTIONS.get(verb, verb),
        "x-kubernetes-group-version-kind": dict(kind),
    }


def _body(served: Served, verb: str, answer: str) -> dict[str, Any]:
    if verb == "patch":
        accepted = _PATCHES if served.custom else (*_PATCHES, STRATEGIC_MERGE_PATCH)
        return {
            "requestBody": {"content": {media: {"schema": {"type": "object"}} for media in accepted}, "required": True}
        }
    if verb in ("create", "update"):
        return {
            "requestBody": {"content": _content(answer, (JSON, YAML) if served.custom else ("*/*",)), "required": True}
        }
    if verb in ("delete", "deletecollection"):
        return {"requestBody": {"content": _content(definitions.DELETE_OPTIONS, ("*/*",))}}
    return {}


def _response(code: str, answer: str) -> dict[str, Any]:
    return {"description": _REASONS[code], "content": _content(answer, (JSON, YAML))}


def _content(name: str, media: Iterable[str]) -> dict[str, Any]:
    return {each: {"schema": {"$ref": builtin.REF + name}} for each in media}


def _in_query(name: str, typed: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": typed, "uniqueItems": True}}


def _in_path(names: Iterable[str]) -> dict[str, Any]:
    schema = {"type": "string", "uniqueItems": True}
    return {"parameters": [{"name": name, "in": "path", "required": True, "schema": schema} for name in names]}


def _group(served: Served) -> tuple[str, str]:
    """How operations and tags name a group and version: ``AppsV1`` and ``apps_v1``."""
    group, version = served.resource.group or "core", served.resource.version
    words = group.removesuffix(".k8s.io").split(".")
    camel = "".join(word.title() for word in words)
    return camel + version.title(), f"{camel[:1].lower()}{camel[1:]}_{version}"
