"""Which kind has which cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.views.cells import (
    access,
    data,
    definitions,
    events,
    jobs,
    nodes,
    pods,
    services,
    volumes,
    workloads,
)

Cells = Callable[[Object, int], list[Any]]
"""The cells of an object at a time, in microseconds since the epoch."""
CELLS: Mapping[str, Cells] = {
    "pods": pods.pod,
    "podtemplates": pods.template,
    "services": services.service,
    "endpoints": services.endpoints,
    "endpointslices.discovery.k8s.io": services.endpoint_slice,
    "configmaps": data.config_map,
    "secrets": data.secret,
    "resourcequotas": data.quota,
    "namespaces": nodes.namespace,
    "nodes": nodes.node,
    "leases.coordination.k8s.io": nodes.lease,
    "events": events.event,
    "events.events.k8s.io": events.event,
    "persistentvolumes": volumes.volume,
    "persistentvolumeclaims": volumes.claim,
    "serviceaccounts": access.service_account,
    "rolebindings.rbac.authorization.k8s.io": access.binding,
    "clusterrolebindings.rbac.authorization.k8s.io": access.binding,
    "replicationcontrollers": workloads.replication_controller,
    "controllerrevisions.apps": workloads.controller_revision,
    "daemonsets.apps": workloads.daemon_set,
    "deployments.apps": workloads.deployment,
    "replicasets.apps": workloads.replica_set,
    "statefulsets.apps": workloads.stateful_set,
    "cronjobs.batch": jobs.cron_job,
    "jobs.batch": jobs.job,
    "customresourcedefinitions.apiextensions.k8s.io": definitions.definition,
}
"""By qualified name."""
