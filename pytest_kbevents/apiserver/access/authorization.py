"""Whether a user may do what a request asks for."""

from __future__ import annotations

from dataclasses import replace

from pytest_kbevents.api.http import Request
from pytest_kbevents.apiserver.access import path_attributes, rules
from pytest_kbevents.apiserver.access.authentication import impersonated
from pytest_kbevents.apiserver.access.rules import Attributes
from pytest_kbevents.apiserver.access.users import User
from pytest_kbevents.apiserver.registry import Route
from pytest_kbevents.apiserver.store import Store
from pytest_kbevents.errors import Forbidden


class Authorization:
    """RBAC over the Roles and bindings that are stored; a member of system:masters may do everything."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def allows(self, user: User, wanted: Attributes) -> bool:
        """Whether any rule of the user's roles allows it."""
        if user.unlimited:
            return True
        return any(rules.allows(rule, wanted) for rule in rules.of(self._store, user, wanted.namespace))

    def reason(self, user: User, wanted: Attributes) -> str:
        """What a denial says beside that it is one."""
        return rules.missing(self._store, user, wanted.namespace)

    def acting(self, user: User, request: Request) -> User:
        """The user that the request acts as. Raises Forbidden when ``user`` may not be that one."""
        other = impersonated(request) if request.headers else None
        if other is None or self.allows(user, Attributes("impersonate", resource="users", name=other.name)):
            return other or user
        wanted = path_attributes.of(request)
        raise self._refusal(user, replace(wanted, verb=f"impersonate-on:user-info:{wanted.verb}"))

    def require_unknown(self, user: User, request: Request) -> None:
        """As ``require``, of a path that nothing is served at: who may not ask is not told. Raises Forbidden."""
        wanted = path_attributes.of(request)
        if not self.allows(user, wanted):
            raise self._refusal(user, wanted)

    def require(self, user: User, verb: str, route: Route) -> None:
        """Raises Forbidden."""
        if user.unlimited:
            return
        resource = route.served.resource
        names = (resource.group, resource.plural, route.subresource, route.namespace, route.name)
        if resource.plural == "namespaces" and not resource.group:
            names = (resource.group, resource.plural, route.subresource, route.name, route.name)
        self._require(user, Attributes(verb, *names))

    def require_path(self, user: User, verb: str, path: str) -> None:
        """As ``require``, of a URL that names no resource."""
        self._require(user, Attributes(verb, path=path))

    def _require(self, user: User, wanted: Attributes) -> None:
        if not self.allows(user, wanted):
            raise self._refusal(user, wanted)

    def _refusal(self, user: User, wanted: Attributes) -> Forbidden:
        if wanted.path:
            return Forbidden(f'forbidden: User "{user.name}" cannot {wanted.verb} path "{wanted.path}"', details={})
        group = f".{wanted.group}" if wanted.group else ""
        subject = f'{wanted.resource}{group} "{wanted.name}"' if wanted.name else f"{wanted.resource}{group}"
        scope = f'in the namespace "{wanted.namespace}"' if wanted.namespace else "at the cluster scope"
        problem = (
            f'User "{user.name}" cannot {wanted.verb} resource "{wanted.spelled}" in API group "{wanted.group}" {scope}'
        )
        reason = self.reason(user, wanted)
        told = {
            **({"name": wanted.name} if wanted.name else {}),
            **({"group": wanted.group} if wanted.group else {}),
            "kind": wanted.resource,
        }
        return Forbidden(f"{subject} is forbidden: {problem}{f': rbac: {reason}' if reason else ''}", details=told)
