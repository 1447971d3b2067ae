"""What we may do in a cluster, asked of it before anything is done (SelfSubjectAccessReview)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pytest_kbevents.api.resources import (
    COMPONENT_DEFINITIONS,
    COMPONENTS,
    CONFIG_MAPS,
    CUSTOM_RESOURCE_DEFINITIONS,
    DEPLOYMENTS,
    ENDPOINT_SLICES,
    EVENTS,
    INSTANCE_SETS,
    INSTANCES,
    LEASES,
    NAMESPACES,
    NETWORK_POLICIES,
    PODS,
    ROLE_BINDINGS,
    ROLES,
    SELF_SUBJECT_ACCESS_REVIEWS,
    SERVICE_ACCOUNTS,
    SERVICES,
    Resource,
)
from pytest_kbevents.client.client import Client

READ = ("list", "watch")
OWN = ("create", "delete")


@dataclass(frozen=True, slots=True)
class Right:
    """One verb on one resource, everywhere (``""``) or in one namespace."""

    verb: str
    resource: Resource
    subresource: str = ""
    namespace: str = ""

    def __str__(self) -> str:
        what = "/".join(part for part in (self.resource.qualified, self.subresource) if part)
        return f"{self.verb} {what}{f' in {self.namespace}' if self.namespace else ''}"


DEFINING = [
    *(Right(verb, COMPONENT_DEFINITIONS) for verb in (*OWN, *READ)),
    Right("patch", COMPONENT_DEFINITIONS, "status"),
]


def needed(namespace: str, *, kubelet: bool, installs: bool) -> list[Right]:
    """What worlds do. ``namespace`` is the only one, or ``""`` where each world makes its own; ``kubelet``: Pods run
    our image; ``installs``: KubeBlocks' kinds are missing.
    """
    found = [
        *_rights(PODS, ("get", "create", "update", "patch", "delete", *READ), namespace),
        *_rights(PODS, ("patch",), namespace, "status"),
        *_rights(SERVICES, (*OWN, *READ), namespace),
        *_rights(CONFIG_MAPS, ("get", "update", "patch", *OWN, *READ), namespace),
        *_rights(EVENTS, ("get", "create", "update", "patch", *READ), namespace),
        *_rights(COMPONENTS, ("get", "patch", *OWN, *READ), namespace),
        *_rights(COMPONENTS, ("patch",), namespace, "status"),
        *_rights(INSTANCE_SETS, ("get", "update", *OWN, *READ), namespace),
        *_rights(INSTANCES, READ, namespace),
        *_rights(ENDPOINT_SLICES, READ, namespace),
    ]
    if kubelet:
        for resource in (SERVICE_ACCOUNTS, ROLES, ROLE_BINDINGS, DEPLOYMENTS, NETWORK_POLICIES):
            found += _rights(resource, OWN, namespace)
        found += _rights(DEPLOYMENTS, ("patch",), namespace)
        found += _rights(LEASES, ("get", "delete"), namespace)
        found += [*_rights(PODS, ("get",), namespace, "proxy"), *_rights(PODS, ("get",), namespace, "log")]
    if namespace:
        found += _rights(EVENTS, ("delete",), namespace)
    else:
        found += _rights(NAMESPACES, OWN, "")
        found += DEFINING
    if installs:
        found += _rights(CUSTOM_RESOURCE_DEFINITIONS, ("get", "list", "create", "delete"), "")
    return found


def missing(client: Client, rights: Iterable[Right]) -> list[Right]:
    """Those that we do not have. Who may do anything is asked one question."""
    if _is_allowed(client, {"verb": "*", "group": "*", "resource": "*"}):
        return []
    return [right for right in rights if not _is_allowed(client, _asked(right))]


def may_define(client: Client) -> bool:
    """Whether worlds can have ComponentDefinitions, which are in no namespace."""
    return not missing(client, DEFINING)


def _rights(resource: Resource, verbs: Iterable[str], namespace: str, subresource: str = "") -> Iterator[Right]:
    return (Right(verb, resource, subresource, namespace) for verb in verbs)


def _asked(right: Right) -> dict[str, str]:
    resource = right.resource
    asked = {"verb": right.verb, "group": resource.group, "resource": resource.plural, "version": resource.version}
    return asked | {"subresource": right.subresource, "namespace": right.namespace}


def _is_allowed(client: Client, asked: dict[str, str]) -> bool:
    review = client.create(SELF_SUBJECT_ACCESS_REVIEWS, {"spec": {"resourceAttributes": asked}})
    return bool((review.get("status") or {}).get("allowed"))
