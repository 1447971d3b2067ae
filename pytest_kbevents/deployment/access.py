"""ServiceAccounts, and the Roles and bindings that make of them what the rules say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pytest_kbevents.api.resources import (
    CLUSTER_ROLE_BINDINGS,
    CLUSTER_ROLES,
    RBAC,
    ROLE_BINDINGS,
    ROLES,
    SERVICE_ACCOUNTS,
    Resource,
)
from pytest_kbevents.deployment.labels import labels
from pytest_kbevents.deployment.rules import Rule

Manifest = dict[str, Any]


def manifest(resource: Resource, name: str, namespace: str = "", **fields: Any) -> Manifest:
    """An object of ours; those in no namespace have none."""
    place = {"namespace": namespace} if resource.namespaced else {}
    metadata = {"name": name, **place, "labels": labels(name)}
    return {"apiVersion": resource.api_version, "kind": resource.kind, "metadata": metadata, **fields}


def account(name: str, namespace: str) -> Manifest:
    """A ServiceAccount whose token no Pod has unless it asks for it."""
    return manifest(SERVICE_ACCOUNTS, name, namespace, automountServiceAccountToken=False)


def granted(rules: Iterable[Rule], name: str, namespace: str) -> list[Manifest]:
    """A Role of that name in the namespace, given to its account."""
    role = manifest(ROLES, name, namespace, rules=[rule.manifest for rule in rules])
    return [role, _binding(ROLE_BINDINGS, role, name, namespace)]


def granted_in_cluster(rules: Iterable[Rule], name: str, namespace: str) -> list[Manifest]:
    """A ClusterRole, one for each namespace, given to the account of that name there."""
    role = manifest(CLUSTER_ROLES, f"{name}-{namespace}", rules=[rule.manifest for rule in rules])
    return [role, _binding(CLUSTER_ROLE_BINDINGS, role, name, namespace)]


def _binding(resource: Resource, role: Manifest, account: str, namespace: str) -> Manifest:
    reference = {"apiGroup": RBAC, "kind": role["kind"], "name": role["metadata"]["name"]}
    subject = {"kind": SERVICE_ACCOUNTS.kind, "name": account, "namespace": namespace}
    return manifest(resource, role["metadata"]["name"], namespace, roleRef=reference, subjects=[subject])
