"""Nobody grants what they do not have: Roles and bindings are checked against their writer's own rules."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_kbevents.api.objects import Object, name_of, namespace_of
from pytest_kbevents.api.resources import RBAC
from pytest_kbevents.apiserver.access import rules
from pytest_kbevents.apiserver.access.rules import Attributes, Rule
from pytest_kbevents.apiserver.access.users import User
from pytest_kbevents.apiserver.registry import Route
from pytest_kbevents.apiserver.store import Store
from pytest_kbevents.errors import Forbidden

_ROLES = ("roles", "clusterroles")


def check(store: Store, user: User, route: Route, obj: Object) -> None:
    """Raises Forbidden when a Role, or what a binding binds, allows more than its writer may do."""
    resource = route.served.resource
    if user.unlimited or resource.group != RBAC:
        return
    namespace = namespace_of(obj)
    held = list(rules.of(store, user, namespace))
    if resource.plural in _ROLES:
        granted, verb, name = list(obj.get("rules") or ()), "escalate", name_of(obj)
    else:
        granted, verb, name = list(rules.bound(store, obj)), "bind", obj["roleRef"]["name"]
    of_role = resource.plural if resource.plural in _ROLES else f"{obj['roleRef']['kind'].lower()}s"
    if any(rules.allows(rule, Attributes(verb, RBAC, of_role, "", namespace, name)) for rule in held):
        return
    missing = list(_missing(granted, held))
    if missing:
        groups = ", ".join(f'"{group}"' for group in user.groups)
        lines = "\n".join(_shown(rule) for rule in missing)
        problem = f'user "{user.name}" (groups=[{groups}]) is attempting to grant RBAC permissions not currently held'
        told = {"name": name_of(obj), "group": RBAC, "kind": resource.plural}
        raise Forbidden(f'{resource.qualified} "{name_of(obj)}" is forbidden: {problem}:\n{lines}', details=told)


def _missing(granted: list[Rule], held: list[Rule]) -> Iterator[Rule]:
    """What of the granted rules no held one allows, a rule for each group and resource."""
    lacking: dict[tuple[str, str], list[str]] = {}
    for rule in granted:
        for group in rule.get("apiGroups") or ():
            for resource in rule.get("resources") or ():
                for verb in rule["verbs"]:
                    if not any(_covers(other, group, resource, verb) for other in held):
                        lacking.setdefault((group, resource), []).append(verb)
    for (group, resource), verbs in sorted(lacking.items()):
        yield {"apiGroups": [group], "resources": [resource], "verbs": verbs}


def _covers(rule: Rule, group: str, resource: str, verb: str) -> bool:
    plural, _, subresource = resource.partition("/")
    return not rule.get("resourceNames") and rules.allows(rule, Attributes(verb, group, plural, subresource))


def _shown(rule: Rule) -> str:
    parts = {"APIGroups": rule["apiGroups"], "Resources": rule["resources"], "Verbs": rule["verbs"]}
    listed = {name: " ".join(f'"{value}"' for value in values) for name, values in parts.items()}
    return "{" + ", ".join(f"{name}:[{text}]" for name, text in listed.items()) + "}"
