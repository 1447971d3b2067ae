"""What is said of a patched object that is none any more: the object as Go writes it, and what is wrong with it."""

from __future__ import annotations

import json
import re
from typing import Any

from pytest_kbevents.api.http import STRATEGIC_MERGE_PATCH
from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.validation.causes import invalid
from pytest_kbevents.apiserver.verbs.call import Call
from pytest_kbevents.errors import BadRequest, Invalid

_WRONG_TYPE = re.compile(r"json: cannot unmarshal (number|string|bool) into .* of type (\S+)")
_GO = {"number": "int64", "string": "string", "bool": "bool"}
_METADATA = (
    *("name", "generateName", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp"),
    *("deletionTimestamp", "deletionGracePeriodSeconds", "labels", "annotations", "ownerReferences", "finalizers"),
    "managedFields",
)
"""In the order in which Go declares them."""


def error(call: Call, patch: Any, patched: Any, reason: BadRequest) -> Invalid:
    """The 422 for ``reason``, which begins with the kind that could not be had."""
    merges = call.media_type == STRATEGIC_MERGE_PATCH
    quoted = gotext.plain(patch) if merges else _quoted(patched, custom=call.route.served.custom)
    problem = reason.message.partition(": ")[2]
    if merges and (match := _WRONG_TYPE.fullmatch(problem)):
        problem = f"cannot convert {_GO[match[1]]} to {match[2]}"
    cause = invalid("patch", quoted, problem)
    told = {"causes": [{"reason": cause.reason, "message": cause.message, "field": cause.field}]}
    return Invalid(f' "" is invalid: {cause.field}: {cause.message}', details=told)


def _quoted(obj: Any, *, custom: bool) -> str:
    """As the patch left it: sorted, but for the metadata of a built-in kind, which comes as Go's struct has it."""
    found = _sorted(obj)
    metadata = obj.get("metadata") if isinstance(obj, dict) else None
    if not custom and isinstance(metadata, dict):
        found["metadata"] = {name: metadata[name] for name in _METADATA if name in metadata}
    return json.dumps(found, separators=(",", ":"), ensure_ascii=False)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value
