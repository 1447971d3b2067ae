"""patch, in its four forms; server-side apply is one of them, and the one that can create."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api import mergepatch
from pytest_kbevents.api.http import APPLY_YAML, JSON_PATCH, MERGE_PATCH, STRATEGIC_MERGE_PATCH
from pytest_kbevents.api.objects import Object, with_metadata
from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.fields import managed
from pytest_kbevents.apiserver.schemas import text
from pytest_kbevents.apiserver.verbs import incoming, undecodable
from pytest_kbevents.apiserver.verbs.call import Call
from pytest_kbevents.apiserver.verbs.options import WriteOptions, of_write
from pytest_kbevents.apiserver.verbs.ownership import target, writer
from pytest_kbevents.apiserver.verbs.refusals import check_name, not_found
from pytest_kbevents.apiserver.verbs.writing import Writing
from pytest_kbevents.errors import BadRequest, Conflict, UnsupportedMediaType

_BUILT_IN = (JSON_PATCH, MERGE_PATCH, STRATEGIC_MERGE_PATCH, APPLY_YAML)
_OPERATION = ("op", "path", "from", "value")
_CUSTOM = (JSON_PATCH, MERGE_PATCH, APPLY_YAML)


class Patching:
    """Patches objects of one store."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing

    def patch(self, call: Call) -> tuple[Object, bool]:
        """What a PATCH stores, and whether it was new. Raises as an update does, and UnsupportedMediaType."""
        accepted = _CUSTOM if call.route.served.custom else _BUILT_IN
        if call.media_type not in accepted:
            listed = ", ".join(accepted)
            problem = f"the body of the request was in an unknown format - accepted media types include: {listed}"
            if call.media_type not in _BUILT_IN:
                problem = "415: Unsupported Media Type"
            raise UnsupportedMediaType(problem, details={} if problem.startswith("415") else None)
        options = of_write(call, "PatchOptions")
        if call.media_type == APPLY_YAML:
            return self._apply(call, options)
        current = self._writing.current(call)
        if current is None:
            raise not_found(call)
        shown = call.route.served.shown(current)
        patched = self._patched(call, shown)
        try:
            obj = incoming.obj(call, patched, options, shown)
        except BadRequest as error:
            raise undecodable.error(call, _value(call), patched, error) from None
        check_name(call, obj)
        _check_operations(call, patched, options)
        return self._writing.replace(call, current, obj, options), False

    def _patched(self, call: Call, obj: Object) -> Any:
        from pytest_kbevents.apiserver.patches import json_patch, strategic

        patch = _value(call)
        match call.media_type:
            case "application/json-patch+json":
                return json_patch.apply(obj, patch)
            case "application/strategic-merge-patch+json":
                return strategic.apply(obj, patch, call.route.served.schema)
        if not isinstance(patch, dict):
            given = gotext.json_kind(patch)
            problem = f"json: cannot unmarshal {given} into Go value of type map[string]interface {{}}"
            raise BadRequest(f"error decoding patch: {problem}")
        return mergepatch.apply(obj, patch)

    def _apply(self, call: Call, options: WriteOptions) -> tuple[Object, bool]:
        from pytest_kbevents.apiserver.fields import apply as server_side

        config = _applied(call)
        current = self._writing.current(call)
        if current is None and call.route.subresource:
            raise not_found(call)
        if current is None and config["metadata"].get("uid"):
            uid = config["metadata"]["uid"]
            problem = f"uid mismatch: the provided object specified uid {uid}, and no existing object was found"
            resource = call.route.served.resource
            told = {"name": call.route.name, "kind": resource.plural}
            raise Conflict(
                f'Operation cannot be fulfilled on {resource.qualified} "{call.route.name}": {problem}', details=told
            )
        live = call.route.served.shown(current) if current is not None else {}
        result = server_side.apply(live, config, target(call), writer(call, options))
        entries = managed.entries_of(result)
        obj = incoming.obj(call, result, WriteOptions(), live)
        if current is None:
            return self._writing.place(call, obj, options, entries or []), True
        return self._writing.replace(call, current, with_metadata(obj), options, entries or []), False


def _check_operations(call: Call, patched: Any, options: WriteOptions) -> None:
    """Mind what a JSON patch's operations have beside what operations have, as unknown fields are minded."""
    patch = _value(call) if call.media_type == JSON_PATCH else ()
    names = [(index, name) for index, item in enumerate(patch) for name in item if name not in _OPERATION]
    problems = [f'json patch unknown field "[{index}].{name}"' for index, name in names]
    if problems and options.strict:
        problem = BadRequest(f"patch: strict decoding error: {', '.join(problems)}")
        raise undecodable.error(call, patch, patched, problem)
    if options.warns:
        call.warnings += problems


def _value(call: Call) -> Any:
    body = call.request.body
    if not isinstance(body, bytes):
        return body
    try:
        return text.json_value(body)
    except BadRequest as error:
        merges = call.media_type == STRATEGIC_MERGE_PATCH
        raise BadRequest(f"error decoding patch: {error.message}" if merges else "invalid JSON patch") from None


def _applied(call: Call) -> Any:
    """The configuration of an apply. Raises BadRequest."""
    body = call.request.body
    try:
        config = text.yaml_value(body) if isinstance(body, bytes) else body
    except BadRequest as error:
        raise BadRequest(f"error decoding patch: {error.message}") from None
    if not isinstance(config, dict):
        raise BadRequest(f"error decoding YAML: the body of an apply must be an object, not {gotext.json_kind(config)}")
    metadata = config.get("metadata")
    if not isinstance(metadata, dict | None):
        given = gotext.json_kind(metadata)
        problem = f"json: cannot unmarshal {given} into Go struct field .metadata of type v1.ObjectMeta"
        raise BadRequest(f"error decoding patch: {problem}")
    config = {**config, "metadata": metadata or {}}
    check_name(call, config)
    return config
