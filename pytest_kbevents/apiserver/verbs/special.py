"""Subresources that are no part of their object: binding, eviction, finalize, token."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.objects import Object, detached, key_of, uid_of
from pytest_kbevents.api.resources import Resource
from pytest_kbevents.apiserver.access.authentication import ISSUER, Authentication
from pytest_kbevents.apiserver.fields import managed
from pytest_kbevents.apiserver.registry import Route
from pytest_kbevents.apiserver.schemas import builtin
from pytest_kbevents.apiserver.schemas.decoding import Decoder, WrongType
from pytest_kbevents.apiserver.store import Store
from pytest_kbevents.apiserver.validation import causes
from pytest_kbevents.apiserver.verbs import incoming
from pytest_kbevents.apiserver.verbs.call import Call, details
from pytest_kbevents.apiserver.verbs.deleting import Deleting
from pytest_kbevents.apiserver.verbs.options import DeleteOptions, of_write
from pytest_kbevents.apiserver.verbs.ownership import writer
from pytest_kbevents.apiserver.verbs.refusals import not_found
from pytest_kbevents.apiserver.verbs.writing import Writing
from pytest_kbevents.errors import BadRequest, Conflict

_SUCCESS = {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "code": 201}
_TOKEN_SECONDS = 3600
_SHORTEST_TOKEN = 600
"""Seconds that a token lasts when its request does not say, and at least."""
Answer = tuple[Object, bool]


class Special:
    """Answers them."""

    def __init__(self, store: Store, writing: Writing, deleting: Deleting, authentication: Authentication) -> None:
        self._store = store
        self._writing = writing
        self._deleting = deleting
        self._authentication = authentication
        self._answers: Mapping[str, Callable[[Call, Object], Answer]] = {
            "pods/binding": self._bind,
            "pods/eviction": self._evict,
            "namespaces/finalize": self._finalize,
            "serviceaccounts/token": self._token,
        }

    def has(self, route: Route) -> bool:
        """Whether the route is one of them."""
        return bool(route.subresource) and f"{route.served.resource.plural}/{route.subresource}" in self._answers

    def respond(self, call: Call) -> Answer:
        """What to answer, and whether it is something new. Raises NotFound, Conflict, BadRequest."""
        current = self._writing.current(call)
        if current is None:
            raise not_found(call)
        return self._answers[f"{call.route.served.resource.plural}/{call.route.subresource}"](call, current)

    def _bind(self, call: Call, pod: Object) -> Answer:
        node = (_body(call).get("target") or {}).get("name", "")
        if pod["spec"].get("nodeName"):
            problem = f'pod {call.route.name} is already assigned to node "{pod["spec"]["nodeName"]}"'
            told = details(call.route, kind=False) | {"kind": "pods/binding"}
            raise Conflict(
                f'Operation cannot be fulfilled on pods/binding "{call.route.name}": {problem}', details=told
            )
        scheduled = {
            "type": "PodScheduled",
            "status": "True",
            "lastProbeTime": None,
            "lastTransitionTime": call.moment.now,
        }
        others = [item for item in pod["status"].get("conditions") or () if item["type"] != "PodScheduled"]
        status = {**pod["status"], "conditions": [*others, scheduled]}
        self._store.put("pods", key_of(pod), {**pod, "spec": {**pod["spec"], "nodeName": node}, "status": status})
        return _SUCCESS, True

    def _evict(self, call: Call, pod: Object) -> Answer:
        asked = (_body(call).get("deleteOptions") or {}).get("gracePeriodSeconds")
        self._deleting.end(call, pod, DeleteOptions(grace=asked))
        return _SUCCESS, True

    def _finalize(self, call: Call, namespace: Object) -> Answer:
        options = of_write(call, "UpdateOptions")
        body = incoming.obj(call, incoming.value(call), options)
        wanted = body["spec"].get("finalizers")
        spec = {key: value for key, value in namespace["spec"].items() if key != "finalizers"}
        changed = {**namespace, "spec": {**spec, **({"finalizers": wanted} if wanted else {})}}
        if "deletionTimestamp" in changed["metadata"] and not wanted and not changed["metadata"].get("finalizers"):
            self._store.put("namespaces", key_of(namespace), changed)
            return self._store.remove("namespaces", key_of(namespace)), False
        return self._store.put("namespaces", key_of(namespace), changed), False

    def _token(self, call: Call, account: Object) -> Answer:
        options = of_write(call, "CreateOptions")
        schema = builtin.of_kind("authentication.k8s.io", "v1", "TokenRequest")
        body = _decoded(_body(call), schema, "TokenRequest")
        asked = body["spec"].get("expirationSeconds") or _TOKEN_SECONDS
        if asked < _SHORTEST_TOKEN:
            rule = "may not specify a duration less than 10 minutes"
            cause = causes.invalid("spec.expirationSeconds", asked, rule)
            causes.refuse(Resource("authentication.k8s.io", "v1", "", "TokenRequest"), "", [cause])
        name, namespace = call.route.name, call.route.namespace
        token, ends = self._authentication.issue(namespace, name, uid_of(account), asked)
        target = managed.Target("authentication.k8s.io/v1", "TokenRequest", schema, "token")
        review = {"kind": "TokenRequest", "apiVersion": "authentication.k8s.io/v1", "spec": body["spec"]}
        review["metadata"] = detached(body["metadata"])
        owned = managed.update({}, review, target, writer(call, options))
        metadata = owned["metadata"] | {"name": name, "namespace": namespace, "uid": uid_of(account)}
        spec = {"audiences": body["spec"].get("audiences") or [ISSUER], "expirationSeconds": asked}
        return {
            **owned,
            "metadata": metadata | {"creationTimestamp": call.moment.now},
            "spec": spec | {"boundObjectRef": body["spec"].get("boundObjectRef")},
            "status": {"token": token, "expirationTimestamp": times.time(ends)},
        }, True


def _body(call: Call) -> Mapping[str, Any]:
    body = incoming.value(call)
    if not isinstance(body, Mapping):
        raise BadRequest("the body must be an object")
    return body


def _decoded(body: Mapping[str, Any], schema: Any, kind: str) -> dict[str, Any]:
    try:
        return Decoder().object(body, schema)
    except WrongType as error:
        raise BadRequest(f'{kind} in version "v1" cannot be handled as a {kind}: {error}') from None
