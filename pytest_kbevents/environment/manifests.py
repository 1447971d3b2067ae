"""The objects a world begins with: what KubeBlocks' other controllers and a kubelet would have made of a cluster."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.agent.kubelet.fleet import running
from pytest_kbevents.api.names import (
    CLUSTER_LABEL,
    COMPONENT_LABEL,
    INSTANCE_SET_LABEL,
    MANAGED_BY_KUBEBLOCKS,
    MANAGED_BY_LABEL,
    ROLE_LABEL,
    WORKLOAD_MANAGED_BY_INSTANCE_SET,
    WORKLOAD_MANAGED_BY_LABEL,
    env_config_map,
)
from pytest_kbevents.api.objects import Object, name_of, namespace_of, uid_of
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
from pytest_kbevents.environment.podspec import COMMAND, containers
from pytest_kbevents.environment.workload import Workload

PORT = 3306


def provision(client: Client, clock: Clock, namespace: str, workload: Workload, agents: str) -> None:
    """Create the namespace and all objects in it, the Pods running and ready. ``agents`` is the release of theirs."""
    client.create(NAMESPACES, {"metadata": {"name": namespace}})
    definition = client.create(COMPONENT_DEFINITIONS, _definition(namespace, workload))
    status = {"status": {"phase": "Available", "observedGeneration": definition["metadata"]["generation"]}}
    client.patch(COMPONENT_DEFINITIONS, "", name_of(definition), status, "status")
    client.create(COMPONENTS, _component(namespace, workload))
    instance_set = client.create(INSTANCE_SETS, _instance_set(namespace, workload))
    client.create(CONFIG_MAPS, {"metadata": _metadata(namespace, env_config_map(workload.name), workload)})
    for name, role in workload.services.items():
        client.create(SERVICES, _service(namespace, workload, name, role))
    for name in workload.pods:
        made = client.create(PODS, pod(workload, name, instance_set, agents))
        client.patch(PODS, namespace, name, {"status": running(made, clock.micros())}, "status")


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
    command = {"exec": {"command": list(COMMAND)}}
    actions: dict[str, Any] = dict.fromkeys(workload.actions, command)
    actions |= {name: {**command, "periodSeconds": probe.period} for name, probe in workload.probes.items()}
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


def pod(workload: Workload, name: str, instance_set: Object, agents: str) -> dict[str, Any]:
    """A replica's Pod, as the InstanceSet's controller makes it; ``agents`` is the release of its agent."""
    owner = {
        "apiVersion": INSTANCE_SETS.api_version,
        "kind": INSTANCE_SETS.kind,
        "name": name_of(instance_set),
        "uid": uid_of(instance_set),
        "controller": True,
        "blockOwnerDeletion": True,
    }
    namespace = namespace_of(instance_set)
    metadata = {"name": name, "namespace": namespace, "labels": pod_labels(workload), "ownerReferences": [owner]}
    spec = {"nodeName": f"node-{name.rpartition('-')[2]}", **containers(workload, agents)}
    return {"metadata": metadata, "spec": spec}
