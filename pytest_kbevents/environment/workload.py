"""The objects a world begins with: what KubeBlocks' other controllers and a kubelet would have made of a cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pytest_kbevents.agent.probe import ProbeConfig
from pytest_kbevents.api import times
from pytest_kbevents.api.names import (
    AGENT,
    CLUSTER_LABEL,
    COMPONENT_LABEL,
    INSTANCE_SET_LABEL,
    MANAGED_BY_KUBEBLOCKS,
    MANAGED_BY_LABEL,
    ROLE_LABEL,
    ROLE_PROBE,
    WORKLOAD_MANAGED_BY_INSTANCE_SET,
    WORKLOAD_MANAGED_BY_LABEL,
    env_config_map,
)
from pytest_kbevents.api.objects import Object, name_of, uid_of
from pytest_kbevents.api.resources import (
    COMPONENT_DEFINITIONS,
    COMPONENTS,
    CONFIG_MAPS,
    INSTANCE_SETS,
    NAMESPACES,
    PODS,
    SERVICES,
)
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import Clock

PORT = 3306

_ROLE_PROBE = ProbeConfig(ROLE_PROBE, period=1)


@dataclass(frozen=True, slots=True)
class Role:
    """One of a component's roles."""

    name: str
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Workload:
    """One component of one cluster. ``services`` maps a Service's name to the role it selects (``""``: every Pod)."""

    cluster: str
    component: str
    replicas: int
    roles: Sequence[Role] = ()
    services: Mapping[str, str] = field(default_factory=dict)
    role_probe: ProbeConfig = _ROLE_PROBE
    available_probe: ProbeConfig | None = None
    available: Mapping[str, Any] | None = None
    """The ComponentDefinition's ``spec.available``."""

    @property
    def name(self) -> str:
        """Of the Component and its InstanceSet."""
        return f"{self.cluster}-{self.component}"

    @property
    def pods(self) -> list[str]:
        """The Pods' names, by ordinal."""
        return [f"{self.name}-{ordinal}" for ordinal in range(self.replicas)]


def provision(client: Client, clock: Clock, namespace: str, workload: Workload) -> None:
    """Create the namespace and all objects in it, the Pods running and ready."""
    client.create(NAMESPACES, {"metadata": {"name": namespace}})
    definition = client.create(COMPONENT_DEFINITIONS, _definition(namespace, workload))
    status = {"status": {"phase": "Available", "observedGeneration": definition["metadata"]["generation"]}}
    client.patch(COMPONENT_DEFINITIONS, "", name_of(definition), status, "status")
    client.create(COMPONENTS, _component(namespace, workload))
    instance_set = client.create(INSTANCE_SETS, _instance_set(namespace, workload))
    client.create(CONFIG_MAPS, {"metadata": _metadata(namespace, env_config_map(workload.name), workload)})
    for name, role in workload.services.items():
        client.create(SERVICES, _service(namespace, workload, name, role))
    for ordinal, name in enumerate(workload.pods):
        client.create(PODS, _pod(namespace, workload, name, instance_set))
        client.patch(PODS, namespace, name, {"status": _running(ordinal, clock.micros())}, "status")


def pod_labels(workload: Workload) -> dict[str, str]:
    """What every Pod of the workload is found by."""
    return {
        MANAGED_BY_LABEL: MANAGED_BY_KUBEBLOCKS,
        WORKLOAD_MANAGED_BY_LABEL: WORKLOAD_MANAGED_BY_INSTANCE_SET,
        INSTANCE_SET_LABEL: workload.name,
        CLUSTER_LABEL: workload.cluster,
        COMPONENT_LABEL: workload.component,
    }


def _metadata(namespace: str, name: str, workload: Workload) -> dict[str, Any]:
    labels = {
        MANAGED_BY_LABEL: MANAGED_BY_KUBEBLOCKS,
        CLUSTER_LABEL: workload.cluster,
        COMPONENT_LABEL: workload.component,
    }
    return {"name": name, "namespace": namespace, "labels": labels}


def _roles(workload: Workload) -> list[dict[str, Any]]:
    return [{"name": role.name, "isExclusive": role.exclusive} for role in workload.roles]


def _definition(namespace: str, workload: Workload) -> dict[str, Any]:
    probes = [probe for probe in (workload.role_probe, workload.available_probe) if probe is not None]
    command = {"exec": {"command": ["/bin/true"]}}
    actions = {probe.action: {**command, "periodSeconds": probe.period} for probe in probes}
    spec = {"roles": _roles(workload), "lifecycleActions": actions}
    available = {} if workload.available is None else {"available": workload.available}
    return {"metadata": {"name": f"{namespace}-{workload.component}"}, "spec": spec | available}


def _component(namespace: str, workload: Workload) -> dict[str, Any]:
    spec = {"compDef": f"{namespace}-{workload.component}", "replicas": workload.replicas}
    return {"metadata": _metadata(namespace, workload.name, workload), "spec": spec}


def _instance_set(namespace: str, workload: Workload) -> dict[str, Any]:
    selector = {"matchLabels": {INSTANCE_SET_LABEL: workload.name}}
    spec = {"replicas": workload.replicas, "roles": _roles(workload), "selector": selector}
    return {"metadata": _metadata(namespace, workload.name, workload), "spec": spec}


def _service(namespace: str, workload: Workload, name: str, role: str) -> dict[str, Any]:
    selector = {CLUSTER_LABEL: workload.cluster, COMPONENT_LABEL: workload.component}
    if role:
        selector[ROLE_LABEL] = role
    spec = {"selector": selector, "ports": [{"port": PORT, "protocol": "TCP", "targetPort": PORT}]}
    return {"metadata": _metadata(namespace, name, workload), "spec": spec}


def _pod(namespace: str, workload: Workload, name: str, instance_set: Object) -> dict[str, Any]:
    owner = {
        "apiVersion": INSTANCE_SETS.api_version,
        "kind": INSTANCE_SETS.kind,
        "name": name_of(instance_set),
        "uid": uid_of(instance_set),
        "controller": True,
        "blockOwnerDeletion": True,
    }
    metadata = {"name": name, "namespace": namespace, "labels": pod_labels(workload), "ownerReferences": [owner]}
    containers = [{"name": "database", "image": "database"}, {"name": AGENT, "image": AGENT}]
    return {"metadata": metadata, "spec": {"nodeName": f"node-{name.rpartition('-')[2]}", "containers": containers}}


def _running(ordinal: int, micros: int) -> dict[str, Any]:
    ready = {"type": "Ready", "status": "True", "lastTransitionTime": times.time(micros)}
    return {"phase": "Running", "podIP": f"10.0.0.{ordinal + 1}", "conditions": [ready]}
