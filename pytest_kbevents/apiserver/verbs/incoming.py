"""A body's way to an object: its text, its kind, its fields, its defaults."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from pytest_kbevents.api.http import JSON, PROTOBUF, YAML
from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.kinds.rules import Fresh
from pytest_kbevents.apiserver.schemas import builtin, syntax, text
from pytest_kbevents.apiserver.schemas.decoding import Decoder, WrongType
from pytest_kbevents.apiserver.schemas.pruning import Pruner
from pytest_kbevents.apiserver.served import Served
from pytest_kbevents.apiserver.validation import causes
from pytest_kbevents.apiserver.verbs.call import Call
from pytest_kbevents.apiserver.verbs.options import WriteOptions
from pytest_kbevents.errors import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

_SCHEME = 'in scheme "pkg/runtime/scheme.go:111"'
BODY_LIMIT = 3 * 1024 * 1024
"""Bytes of one request's body, as the real server's default."""
_READ = f"{JSON}, {YAML}, {PROTOBUF}"


def value(call: Call) -> Any:
    """The JSON value of a request's body. Raises BadRequest, UnsupportedMediaType."""
    body = call.request.body
    media = call.media_type
    if media not in (JSON, YAML, "text/json") and (media != PROTOBUF or call.route.served.custom):
        problem = "the body of the request was in an unknown format - accepted media types include: "
        raise UnsupportedMediaType(problem + _READ)
    if not isinstance(body, bytes):
        return body
    if len(body) > BODY_LIMIT:
        raise RequestEntityTooLarge(f"Request entity too large: limit is {BODY_LIMIT}")
    if media == YAML:
        return _yaml(call, body)
    if media == PROTOBUF:
        return _protobuf(body)
    try:
        return text.json_value(body)
    except BadRequest as error:
        problem = f"couldn't get version/kind; json parse error: {error.message}"
        if call.request.method == "DELETE":
            raise BadRequest(problem) from None
        kind, quoted = call.route.served.resource.kind, syntax.summary(body)
        raise BadRequest(
            f"the object provided is unrecognized (must be of type {kind}): {problem} ({quoted})"
        ) from None


def _protobuf(body: bytes) -> Any:
    from pytest_kbevents.apiserver.protobuf import decoding

    try:
        return decoding.value(body)
    except ValueError as error:
        raise BadRequest(str(error)) from None


def _yaml(call: Call, body: bytes) -> Any:
    try:
        return text.yaml_value(body)
    except BadRequest as error:
        kind, quoted = call.route.served.resource.kind, syntax.summary(body)
        problem = error.message.removeprefix("error converting YAML to JSON: ")
        raise BadRequest(
            f"the object provided is unrecognized (must be of type {kind}): {problem} ({quoted})"
        ) from None


def obj(call: Call, body: Any, options: WriteOptions, known: Object | None = None) -> Fresh:
    """The object, in the version of the request; nobody else has seen it.

    Raises:
        BadRequest: it is no object, of another kind or of wrong types; with strict validation, any unknown field.
    """
    served = call.route.served
    _check_kind(call, body := {} if body is None and not served.custom else body)
    found, problems = decoded(served, body, known)
    resource = served.resource
    found["apiVersion"], found["kind"] = resource.api_version, resource.kind
    found["metadata"] = dict(found["metadata"])  # the server writes into it, and it may be the stored one
    if problems and options.strict:
        listed = ", ".join(problems)
        subject = f'{resource.kind} in version "{resource.version}" cannot be handled as a {resource.kind}: '
        raise BadRequest(f"{subject}strict decoding error: {listed}")
    if options.warns:
        call.warnings += problems
    return found


def decoded(served: Served, body: Any, known: Object | None = None) -> tuple[Fresh, list[str]]:
    """A body's fields as its type has them, and what strict validation minds of it. Raises BadRequest."""
    resource = served.resource
    try:
        if not served.custom:
            decoder = Decoder()
            return decoder.object(body, served.schema, known), decoder.problems
        pruner = Pruner()
        found = pruner.value({**body, "metadata": {}}, served.schema, known=known)
        metadata = Decoder()
        given = body.get("metadata") or {}
        found["metadata"] = metadata.at("metadata", given, builtin.object_meta(), (known or {}).get("metadata"))
        served.rules.check_types(found)
        pruner.problems[:] = [*metadata.problems, *sorted(pruner.problems)]
    except WrongType as error:
        kind = resource.kind
        raise BadRequest(f'{kind} in version "{resource.version}" cannot be handled as a {kind}: {error}') from None
    return found, pruner.problems


@lru_cache(maxsize=1024)
def empty(served: Served) -> Object:
    """An object of the kind in which nothing is set: what a creation is compared with."""
    if served.custom:
        return {}
    return Decoder().object({}, served.schema)


def _check_kind(call: Call, body: Any) -> None:
    served = call.route.served
    resource = served.resource
    if not isinstance(body, Mapping):
        raw = call.request.body
        quoted = f" ({syntax.summary(raw)})" if isinstance(raw, bytes) else ""
        raise BadRequest(_no_object(resource.kind, body) + quoted)
    version, kind = body.get("apiVersion") or resource.api_version, body.get("kind") or resource.kind
    for name in ("apiVersion", "kind"):
        if not isinstance(body.get(name, ""), str | None):
            raise BadRequest(_no_object(resource.kind, body, field=name))
    if served.custom:
        _check_custom(call, body)
    elif (version, kind) != (resource.api_version, resource.kind):
        group, _, short = version.rpartition("/")
        told = f'{kind} in version "{short}" cannot be handled as a {resource.kind}: '
        if builtin.knows(group, short, kind):
            problem = f"converting ({short}.{kind}) to ({_package(served)}.{resource.kind}): unknown conversion"
        else:
            problem = f'no kind "{kind}" is registered for version "{version}" {_SCHEME}'
        raise BadRequest(told + problem)


def _package(served: Served) -> str:
    """Where Go has the kind's internal type."""
    return (served.told.group or "core").partition(".")[0]


def _check_custom(call: Call, body: Mapping[str, Any]) -> None:
    resource, raw = call.route.served.resource, call.request.body
    kind, version = body.get("kind"), body.get("apiVersion") or ""
    if not kind:
        text_of = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else json.dumps(body, separators=(",", ":"))
        quoted = syntax.summary(text_of.encode())
        problem = f"Object 'Kind' is missing in '{text_of}' ({quoted})"
        raise BadRequest(f"the object provided is unrecognized (must be of type {resource.kind}): {problem}")
    if version != resource.api_version:
        expected = f"does not match the expected API version ({resource.api_version})"
        raise BadRequest(f"the API version in the data ({version}) {expected}")
    if kind != resource.kind:
        other, metadata = replace(resource, kind=kind), body.get("metadata")
        name = metadata.get("name", "") if isinstance(metadata, Mapping) else ""
        causes.refuse(other, str(name), [causes.invalid("kind", kind, f"must be {resource.kind}")])


def _no_object(kind: str, body: Any, field: str = "") -> str:
    into = 'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }'
    given = gotext.json_kind(body[field] if field else body)
    where = f"Go struct field .{field} of type string" if field else f"Go value of type {into}"
    problem = f"couldn't get version/kind; json parse error: json: cannot unmarshal {given} into {where}"
    return f"the object provided is unrecognized (must be of type {kind}): {problem}"
