"""Whether a user may do what a request asks for."""

from __future__ import annotations

from pytest_kbevents.api.http import Request
from pytest_kbevents.apiserver.access import rules
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
        if other is None:
            return user
        self._require(user, Attributes("impersonate", resource="users", name=other.name))
        return other

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
        wanted = Attributes(verb, path=path)
        if not self.allows(user, wanted):
            problem = f'User "{user.name}" cannot {verb} path "{path}"'
            raise Forbidden(f"forbidden: {problem}", details={})

    def _require(self, user: User, wanted: Attributes) -> None:
        if self.allows(user, wanted):
            return
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
        raise Forbidden(f"{subject} is forbidden: {problem}{f': {reason}' if reason else ''}", details=told)
