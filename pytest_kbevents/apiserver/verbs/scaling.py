"""The scale subresource: how many replicas, whatever the kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_kbevents.api import mergepatch
from pytest_kbevents.api.http import APPLY_YAML, JSON_PATCH
from pytest_kbevents.api.objects import Object, detached
from pytest_kbevents.apiserver.fields import apply as server_side
from pytest_kbevents.apiserver.fields import managed
from pytest_kbevents.apiserver.kinds.rules import Fresh
from pytest_kbevents.apiserver.patches import json_patch
from pytest_kbevents.apiserver.schemas import builtin, text
from pytest_kbevents.apiserver.schemas.decoding import Decoder, WrongType
from pytest_kbevents.apiserver.served import Served
from pytest_kbevents.apiserver.validation import causes
from pytest_kbevents.apiserver.verbs import incoming
from pytest_kbevents.apiserver.verbs.call import Call
from pytest_kbevents.apiserver.verbs.options import WriteOptions, of_write
from pytest_kbevents.apiserver.verbs.ownership import target, writer
from pytest_kbevents.apiserver.verbs.refusals import not_found
from pytest_kbevents.apiserver.verbs.writing import Writing
from pytest_kbevents.errors import ApiError, BadRequest

_METADATA = ("name", "namespace", "uid", "resourceVersion", "creationTimestamp")
_BUILT_IN = {"specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas"}


class Scaling:
    """Reads and writes scales."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing

    def respond(self, call: Call, verb: str) -> tuple[Object, bool]:
        """The Scale, after the request. Raises NotFound, Conflict, Invalid, BadRequest."""
        current = self._writing.current(call)
        if current is None:
            raise not_found(call)
        served = call.route.served
        scale = _scale(served, current)
        if verb == "get":
            _check_replicas(served, current)
            return scale, False
        options = of_write(call, "UpdateOptions" if verb == "update" else "PatchOptions")
        if call.media_type == APPLY_YAML:
            return self._apply(call, current, options), False
        wanted = _decoded(incoming.value(call) if verb == "update" else _patched(call, scale))
        replicas = wanted["spec"].get("replicas", 0)
        if replicas < 0:
            found = [causes.invalid("spec.replicas", replicas, "must be greater than or equal to 0")]
            causes.refuse(builtin_scale(), call.route.name, found)
        changed = detached(served.shown(current))
        _set(changed, _paths(served)["specReplicasPath"], replicas)
        revision = wanted["metadata"].get("resourceVersion")
        changed["metadata"]["resourceVersion"] = revision or current["metadata"]["resourceVersion"]
        return _scale(served, self._writing.replace(call, current, changed, options)), False

    def _apply(self, call: Call, current: Object, options: WriteOptions) -> Object:
        """The applier owns the replicas of the object that is scaled, through its scale."""
        served = call.route.served
        body = call.request.body
        wanted = _decoded(text.yaml_value(body) if isinstance(body, bytes) else body)
        config: Fresh = {"apiVersion": served.resource.api_version, "kind": served.resource.kind, "metadata": {}}
        _set(config, _paths(served)["specReplicasPath"], wanted["spec"].get("replicas", 0))
        live = served.shown(current)
        result = server_side.apply(live, config, target(call), writer(call, options))
        entries = managed.entries_of(result)
        changed = {**detached(result), "metadata": {**result["metadata"]}}
        return _scale(served, self._writing.replace(call, current, changed, options, entries))


def builtin_scale() -> Any:
    """The resource that errors of a Scale name."""
    from pytest_kbevents.api.resources import Resource

    return Resource("autoscaling", "v1", "scales", "Scale")


def _scale(served: Served, obj: Object) -> dict[str, Any]:
    paths = _paths(served)
    replicas, seen = _get(obj, paths["specReplicasPath"]), _get(obj, paths["statusReplicasPath"])
    selector = _selector(_get(obj, paths.get("labelSelectorPath", ".spec.selector")))
    return {
        "kind": "Scale",
        "apiVersion": "autoscaling/v1",
        "metadata": {field: obj["metadata"][field] for field in _METADATA if field in obj["metadata"]},
        "spec": {"replicas": replicas} if replicas else {},
        "status": {"replicas": seen or 0, **({"selector": selector} if selector else {})},
    }


def _check_replicas(served: Served, obj: Object) -> None:
    """A custom resource that does not say its replicas has no scale. Raises the real server's internal error."""
    path = _paths(served)["specReplicasPath"]
    if served.custom and _get(obj, path) is None:
        problem = f'the spec replicas field "{path}" does not exist'
        raise ApiError(f"Internal error occurred: {problem}", details={"causes": [{"message": problem}]})


def _paths(served: Served) -> Mapping[str, str]:
    if served.version is not None:
        paths: Mapping[str, str] = served.version["subresources"]["scale"]
        return {"labelSelectorPath": "", **paths}
    return _BUILT_IN


def _patched(call: Call, scale: Fresh) -> Any:
    patch = call.request.body if not isinstance(call.request.body, bytes) else text.json_value(call.request.body)
    if call.media_type == JSON_PATCH:
        return json_patch.apply(scale, patch)
    return mergepatch.apply(scale, patch)  # a strategic one is the same: a Scale has no lists that would be merged


def _decoded(value: Any) -> Fresh:
    try:
        return Decoder().object(value, builtin.of_kind("autoscaling", "v1", "Scale"))
    except WrongType as error:
        raise BadRequest(f'Scale in version "v1" cannot be handled as a Scale: {error}') from None


def _selector(value: Any) -> str:
    """A label selector as a text."""
    if isinstance(value, str):
        return value
    value = value or {}
    labels = value.get("matchLabels") if "matchLabels" in value or "matchExpressions" in value else value
    terms = [f"{key}={text}" for key, text in sorted((labels or {}).items())]
    for item in value.get("matchExpressions") or () if isinstance(value, Mapping) else ():
        values = ",".join(sorted(item.get("values") or ()))
        written = {"In": f"{item['key']} in ({values})", "NotIn": f"{item['key']} notin ({values})"}
        bare = {"Exists": item["key"], "DoesNotExist": f"!{item['key']}"}
        terms.append({**written, **bare}[item["operator"]])
    return ",".join(terms)


def _get(obj: Object, path: str) -> Any:
    value: Any = obj
    for part in filter(None, path.split(".")):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value if path else None


def _set(obj: Fresh, path: str, value: Any) -> None:
    *parents, last = path.strip(".").split(".")
    for part in parents:
        if not isinstance(obj.get(part), dict):
            obj[part] = {}
        obj = obj[part]
    obj[last] = value
