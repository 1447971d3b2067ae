"""The kinds that answer a question and are never stored: who am I, may I, whose token is this."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import Resource
from pytest_kbevents.apiserver.access import rules
from pytest_kbevents.apiserver.access.authentication import ISSUER, Authentication
from pytest_kbevents.apiserver.access.authorization import Authorization
from pytest_kbevents.apiserver.access.rules import Attributes
from pytest_kbevents.apiserver.access.users import User
from pytest_kbevents.apiserver.fields import managed
from pytest_kbevents.apiserver.kinds.rules import Fresh
from pytest_kbevents.apiserver.registry import Route
from pytest_kbevents.apiserver.store import Store
from pytest_kbevents.apiserver.validation import causes
from pytest_kbevents.apiserver.validation.causes import Cause, invalid
from pytest_kbevents.apiserver.verbs import incoming
from pytest_kbevents.apiserver.verbs.call import Call
from pytest_kbevents.apiserver.verbs.options import of_write
from pytest_kbevents.apiserver.verbs.ownership import target, writer
from pytest_kbevents.errors import BadRequest

_GROUPS = ("authentication.k8s.io", "authorization.k8s.io")
_ATTRIBUTES = ("verb", "group", "resource", "subresource", "namespace", "name")


class Reviews:
    """Answers reviews."""

    def __init__(self, store: Store, authentication: Authentication, authorization: Authorization) -> None:
        self._store = store
        self._authentication = authentication
        self._authorization = authorization

    def has(self, route: Route) -> bool:
        """Whether the route is one of a review."""
        return route.served.resource.group in _GROUPS

    def respond(self, call: Call) -> Object:
        """The review, answered in its status. Raises Invalid, BadRequest."""
        options = of_write(call, "CreateOptions")
        review = incoming.obj(call, incoming.value(call), options)
        if call.route.namespace:
            review["metadata"].setdefault("namespace", call.route.namespace)
        kind, spec = review["kind"], review.get("spec") or {}
        if kind == "SelfSubjectRulesReview" and not spec.get("namespace"):
            raise BadRequest("no namespace on request")
        if kind == "TokenReview" and not spec.get("token"):
            raise BadRequest("token is required for TokenReview in authentication")
        if kind == "SelfSubjectReview":
            metadata = {**review["metadata"], "creationTimestamp": call.moment.now}
            return {**review, "metadata": metadata, "status": {"userInfo": _shown(call.user)}}
        causes.refuse(Resource(call.route.served.resource.group, "", "", ""), "", _problems(review))
        owned = managed.update(incoming.empty(call.route.served), review, target(call), writer(call, options))
        return {**owned, "status": self._status(kind, spec, call)}

    def _status(self, kind: str, spec: Mapping[str, Any], call: Call) -> dict[str, Any]:
        match kind:
            case "TokenReview":
                return self._of_token(spec.get("token", ""))
            case "SelfSubjectAccessReview":
                return self._access(call.user, spec)
            case "SelfSubjectRulesReview":
                return self._rules(call.user, spec.get("namespace", ""))
        user = User(spec.get("user", ""), tuple(spec.get("groups") or ()), spec.get("uid", ""))
        return self._access(user, spec)

    def _access(self, user: User, spec: Mapping[str, Any]) -> dict[str, Any]:
        wanted = _attributes(spec)
        if self._authorization.allows(user, wanted):
            return {"allowed": True, **({} if user.unlimited else {"reason": self._why(user, wanted)})}
        reason = self._authorization.reason(user, wanted)
        return {"allowed": False, **({"reason": f"rbac: {reason}"} if reason else {})}

    def _why(self, user: User, wanted: Attributes) -> str:
        return rules.reason(self._store, user, wanted)

    def _of_token(self, token: str) -> dict[str, Any]:
        user = self._authentication.holder(token)
        if user is None:
            return {"user": {}, "error": "invalid bearer token"}
        return {"authenticated": True, "user": _shown(user), "audiences": [ISSUER]}

    def _rules(self, user: User, namespace: str) -> dict[str, Any]:
        found = list(rules.of(self._store, user, namespace))
        resource = ("verbs", "apiGroups", "resources", "resourceNames")
        url = ("verbs", "nonResourceURLs")
        return {
            "resourceRules": [_part(rule, resource) for rule in found if rule.get("resources")],
            "nonResourceRules": [_part(rule, url) for rule in found if rule.get("nonResourceURLs")],
            "incomplete": False,
        }


def _problems(review: Fresh) -> list[Cause]:
    spec = review.get("spec") or {}
    if not review["kind"].endswith("AccessReview"):
        return []
    found = []
    if ("resourceAttributes" in spec) == ("nonResourceAttributes" in spec):
        one = "exactly one of nonResourceAttributes or resourceAttributes must be specified"
        given = spec.get("nonResourceAttributes")
        shown = {"Path": given.get("path", ""), "Verb": given.get("verb", "")} if given is not None else None
        found.append(invalid("spec", shown, one))
    namespace = (spec.get("resourceAttributes") or {}).get("namespace", "")
    if review["kind"].startswith("Local") and namespace != review["metadata"].get("namespace", ""):
        found.append(invalid("spec.resourceAttributes.namespace", namespace, "must match metadata.namespace"))
    if not review["kind"].startswith("Self") and not spec.get("user") and not spec.get("groups"):
        found.append(invalid("spec.user", "", "at least one of user or group must be specified"))
    return found


def _attributes(spec: Mapping[str, Any]) -> Attributes:
    if "nonResourceAttributes" in spec:
        wanted = spec["nonResourceAttributes"]
        return Attributes(wanted.get("verb", ""), path=wanted.get("path", ""))
    wanted = spec["resourceAttributes"]
    return Attributes(**{field: wanted.get(field, "") for field in _ATTRIBUTES})


def _shown(user: User) -> dict[str, Any]:
    return {
        "username": user.name,
        **({"uid": user.uid} if user.uid else {}),
        **({"groups": list(user.groups)} if user.groups else {}),
    }


def _part(rule: Mapping[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: rule[field] for field in fields if rule.get(field)}
