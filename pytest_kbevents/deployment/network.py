"""Who may open connections to our Pods, in clusters whose network heeds NetworkPolicies.

What they may open themselves is left alone: all of them talk to the API server, whose address and port behind the
Service no manifest can know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pytest_kbevents.api.names import (
    AGENT_ACCOUNT,
    CONTROLLER_ACCOUNT,
    HEALTH_PORT,
    HTTP_PORT,
    MANAGED_BY_KUBEBLOCKS,
    MANAGED_BY_LABEL,
    STREAMING_PORT,
)
from pytest_kbevents.api.resources import NETWORK_POLICIES
from pytest_kbevents.deployment.access import Manifest, manifest
from pytest_kbevents.deployment.labels import labels

ANY_POD_BESIDE: list[dict[str, Any]] = [{"podSelector": {}}]
"""Of the same namespace."""


def of_controller(namespace: str) -> Manifest:
    """The port of its health and metrics, from anywhere: kubelets and Prometheus are in no namespace of ours."""
    return _allowed_in(CONTROLLER_ACCOUNT, namespace, labels(CONTROLLER_ACCOUNT), {"ports": _tcp([HEALTH_PORT])})


def of_agents(namespace: str, database_ports: Iterable[int]) -> Manifest:
    """Of the workload's Pods: the agents' two ports and the database's, from Pods beside them."""
    ports = _tcp([HTTP_PORT, STREAMING_PORT, *database_ports])
    allowed = {"from": ANY_POD_BESIDE, "ports": ports}
    return _allowed_in(AGENT_ACCOUNT, namespace, {MANAGED_BY_LABEL: MANAGED_BY_KUBEBLOCKS}, allowed)


def _allowed_in(name: str, namespace: str, selected: Mapping[str, str], rule: Mapping[str, Any]) -> Manifest:
    selector = {"matchLabels": dict(selected)}
    spec = {"podSelector": selector, "policyTypes": ["Ingress"], "ingress": [dict(rule)]}
    return manifest(NETWORK_POLICIES, name, namespace, spec=spec)


def _tcp(ports: Iterable[int]) -> list[dict[str, Any]]:
    return [{"port": port, "protocol": "TCP"} for port in ports]
