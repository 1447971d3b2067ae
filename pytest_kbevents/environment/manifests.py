"""The objects a world begins with: what KubeBlocks' other controllers and a kubelet would have made of a cluster."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from pytest_kbevents.agent.database.script import config_map_of
from pytest_kbevents.agent.kubelet.fleet import running
from pytest_kbevents.api.known import resource_of
from pytest_kbevents.api.names import (
    CLUSTER_LABEL,
    COMPONENT_LABEL,
    INSTANCE_SET_LABEL,
    MANAGED_BY_KUBEBLOCKS,
    MANAGED_BY_LABEL,
    OWNER,
    ROLE_LABEL,
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
    PODS,
    SERVICES,
)
from pytest_kbevents.cluster.backend import Site
from pytest_kbevents.deployment.agents import agents
from pytest_kbevents.deployment.namespaces import namespace
from pytest_kbevents.environment import kubeletpod
from pytest_kbevents.environment.place import Place
from pytest_kbevents.environment.podspec import COMMAND, containers
from pytest_kbevents.environment.workload import Workload
from pytest_kbevents.errors import AlreadyExists

NOBODY = "kbevents"
"""The scheduler of Pods that no kubelet is to run: there is none of that name."""


def provision(place: Place) -> None:
    """Create all objects in a namespace that is there, and let the Pods run and be ready as far as the harness does
    that.
    """
    client, namespace, workload = place.client, place.namespace, place.workload
    if place.has_definitions:
        definition = client.create(COMPONENT_DEFINITIONS, _definition(namespace, workload))
        status = {"status": {"phase": "Available", "observedGeneration": definition["metadata"]["generation"]}}
        client.patch(COMPONENT_DEFINITIONS, "", name_of(definition), status, "status")
    client.create(COMPONENTS, _component(namespace, workload))
    instance_set = client.create(INSTANCE_SETS, _instance_set(namespace, workload))
    client.create(CONFIG_MAPS, {"metadata": _metadata(namespace, env_config_map(workload.name), workload)})
    for name, role in workload.services.items():
        client.create(SERVICES, _service(namespace, workload, name, role))
    if place.image:
        client.create(SERVICES, _headless(namespace, workload))
    for name in workload.pods:
        made = create_pod(place, name, instance_set)
        if not place.image:
            client.patch(PODS, namespace, name, {"status": running(made, place.clock.micros())}, "status")


def home(site: Site) -> dict[str, Any]:
    """A world's own; where kubelets run Pods, none that Pod Security would not let pass."""
    labels = {MANAGED_BY_LABEL: OWNER} if site.cleans else {}
    metadata = {"name": site.namespace, **({"labels": labels} if labels else {})}
    return namespace(site.namespace, labels) if site.is_real else {"metadata": metadata}


def settle_in(place: Place) -> None:
    """What agents in Pods need beside them: accounts and rights. What an earlier world has left there will do."""
    scripts = [config_map_of(pod) for pod in place.workload.all_pods]
    for manifest in agents(place.namespace, scripts=scripts):
        with suppress(AlreadyExists):
            place.client.create(resource_of(manifest), manifest)


def create_pod(place: Place, name: str, instance_set: Object) -> Object:
    """A replica; whoever runs it says when it runs and is ready. Raises AlreadyExists."""
    made = place.client.create(PODS, pod(place, name, instance_set))
    if place.image:
        set_gate(place, name, is_ready=True)
    return made


def set_gate(place: Place, name: str, *, is_ready: bool) -> None:
    """What a readiness probe of a Pod that a kubelet runs would find. Raises NotFound."""
    told = {"type": kubeletpod.GATE, "status": "True" if is_ready else "False"}
    place.client.merge(PODS, place.namespace, name, {"status": {"conditions": [told]}}, "status")


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
    port = {"port": kubeletpod.PORT, "protocol": "TCP", "targetPort": kubeletpod.PORT}
    spec = {"selector": selector, "ports": [port]}
    return {"metadata": _metadata(namespace, name, workload), "spec": spec}


def _headless(namespace: str, workload: Workload) -> dict[str, Any]:
    """By it Pods have names: a new replica finds the one it loads from before either is ready."""
    spec = {"clusterIP": "None", "publishNotReadyAddresses": True, "selector": {INSTANCE_SET_LABEL: workload.name}}
    return {"metadata": _metadata(namespace, f"{workload.name}-headless", workload), "spec": spec}


def pod(place: Place, name: str, instance_set: Object) -> dict[str, Any]:
    """A replica's Pod, as the InstanceSet's controller makes it."""
    owner = {
        "apiVersion": INSTANCE_SETS.api_version,
        "kind": INSTANCE_SETS.kind,
        "name": name_of(instance_set),
        "uid": uid_of(instance_set),
        "controller": True,
        "blockOwnerDeletion": True,
    }
    workload = place.workload
    labels = pod_labels(workload)
    metadata = {"name": name, "namespace": place.namespace, "labels": labels, "ownerReferences": [owner]}
    return {"metadata": metadata, "spec": {**_placed(place, name), **_containers(place, name)}}


def _placed(place: Place, name: str) -> dict[str, Any]:
    if place.image:
        return {}
    return {"schedulerName": NOBODY} if place.is_real else {"nodeName": f"node-{name.rpartition('-')[2]}"}


def _containers(place: Place, name: str) -> dict[str, Any]:
    spec = containers(place.workload, place.agents)
    if place.image:
        return kubeletpod.completed(spec, name, place.workload, place.image, place.agents)
    return kubeletpod.restricted(spec) if place.is_real else spec
