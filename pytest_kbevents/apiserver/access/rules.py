"""Evaluates Roles and ClusterRoles (Kubernetes: RBAC)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.api.objects import Object, name_of, namespace_of
from pytest_kbevents.api.resources import RBAC
from pytest_kbevents.apiserver.access.authentication import ACCOUNT_PREFIX
from pytest_kbevents.apiserver.access.users import User
from pytest_kbevents.apiserver.store import Store

Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Attributes:
    """What somebody wants to do: to a resource, or (``path``) to a URL that is none."""

    verb: str
    group: str = ""
    resource: str = ""
    subresource: str = ""
    namespace: str = ""
    name: str = ""
    path: str = ""

    @property
    def spelled(self) -> str:
        """The resource as rules name it: ``pods``, ``pods/status``."""
        return f"{self.resource}/{self.subresource}" if self.subresource else self.resource


def allows(rule: Rule, wanted: Attributes) -> bool:
    """Whether one rule allows it."""
    if not _has(rule.get("verbs"), wanted.verb):
        return False
    if wanted.path:
        urls = rule.get("nonResourceURLs") or ()
        return any(url == wanted.path or (url.endswith("*") and wanted.path.startswith(url[:-1])) for url in urls)
    names = rule.get("resourceNames")
    resources = rule.get("resources") or ()
    matched = "*" in resources or wanted.spelled in resources
    if wanted.subresource and f"*/{wanted.subresource}" in resources:
        matched = True
    return matched and _has(rule.get("apiGroups"), wanted.group) and (not names or wanted.name in names)


def of(store: Store, user: User, namespace: str) -> Iterator[Rule]:
    """Every rule that holds for a user in a namespace (``""``: in the whole cluster)."""
    for binding in store.select(f"clusterrolebindings.{RBAC}"):
        if _binds(binding, user):
            yield from _rules(store, binding, "")
    if namespace:
        for binding in store.select(f"rolebindings.{RBAC}", namespace):
            if _binds(binding, user):
                yield from _rules(store, binding, namespace)


def bound(store: Store, binding: Object) -> Iterator[Rule]:
    """The rules that a binding gives to whom it binds."""
    return _rules(store, binding, namespace_of(binding))


def missing(store: Store, user: User, namespace: str) -> str:
    """What a denial says of bindings to roles that are not there; ``""`` when there are none."""
    for binding in store.select(f"rolebindings.{RBAC}", namespace) if namespace else ():
        reference = binding["roleRef"]
        if _binds(binding, user) and _role(store, reference, namespace) is None:
            return f'RBAC: {reference["kind"].lower()}.{RBAC} "{reference["name"]}" not found'
    return ""


def reason(store: Store, user: User, wanted: Attributes) -> str:
    """Which binding allows it, as an access review tells it; ``""`` when none does."""
    scopes = [("ClusterRoleBinding", f"clusterrolebindings.{RBAC}", "")]
    if wanted.namespace:
        scopes.append(("RoleBinding", f"rolebindings.{RBAC}", wanted.namespace))
    for kind, shelf, namespace in scopes:
        for binding in store.select(shelf, namespace):
            subject = next((item for item in binding.get("subjects") or () if _is(item, user, namespace)), None)
            if subject and any(allows(rule, wanted) for rule in _rules(store, binding, namespace)):
                place = f"{name_of(binding)}/{namespace}" if namespace else name_of(binding)
                reference = binding["roleRef"]
                who = f'{subject["kind"]} "{subject["name"]}"'
                if subject["kind"] == "ServiceAccount":
                    who = f'ServiceAccount "{subject["name"]}/{subject.get("namespace") or namespace}"'
                return f'RBAC: allowed by {kind} "{place}" of {reference["kind"]} "{reference["name"]}" to {who}'
    return ""


def _rules(store: Store, binding: Object, namespace: str) -> Iterator[Rule]:
    role = _role(store, binding["roleRef"], namespace)
    yield from (role or {}).get("rules") or ()


def _role(store: Store, reference: Mapping[str, str], namespace: str) -> Object | None:
    if reference["kind"] == "ClusterRole":
        return store.get(f"clusterroles.{RBAC}", ("", reference["name"]))
    return store.get(f"roles.{RBAC}", (namespace, reference["name"]))


def _binds(binding: Object, user: User) -> bool:
    return any(_is(subject, user, namespace_of(binding)) for subject in binding.get("subjects") or ())


def _is(subject: Mapping[str, str], user: User, namespace: str) -> bool:
    match subject["kind"]:
        case "User":
            return subject["name"] == user.name
        case "Group":
            return subject["name"] in user.groups
        case "ServiceAccount":
            return user.name == f"{ACCOUNT_PREFIX}{subject.get('namespace') or namespace}:{subject['name']}"
    return False


def _has(entries: Any, wanted: str) -> bool:
    return bool(entries) and ("*" in entries or wanted in entries)
