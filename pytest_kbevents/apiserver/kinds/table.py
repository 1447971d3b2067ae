"""Which rules each built-in resource has."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_kbevents.apiserver.kinds import data, event, jobs, namespace, others, pod, service, workloads
from pytest_kbevents.apiserver.kinds.definition import DefinitionRules
from pytest_kbevents.apiserver.kinds.rules import PLAIN, Rules

_RULES: Mapping[str, Rules] = {
    "pods": pod.PodRules(),
    "services": service.ServiceRules(),
    "namespaces": namespace.NamespaceRules(),
    "events": event.EventRules(),
    "events.events.k8s.io": event.NewEventRules(),
    "configmaps": data.ConfigMapRules(),
    "secrets": data.SecretRules(),
    "deployments.apps": workloads.DeploymentRules(),
    "statefulsets.apps": workloads.StatefulSetRules(),
    "replicasets.apps": workloads.ReplicaSetRules(),
    "daemonsets.apps": workloads.DaemonSetRules(),
    "replicationcontrollers": workloads.ReplicationControllerRules(),
    "jobs.batch": jobs.JobRules(),
    "cronjobs.batch": jobs.CronJobRules(),
    "leases.coordination.k8s.io": others.LeaseRules(),
    "limitranges": others.LimitRangeRules(),
    "podtemplates": others.PodTemplateRules(),
    "endpoints": others.EndpointsRules(),
    "endpointslices.discovery.k8s.io": others.EndpointSliceRules(),
    "nodes": others.NodeRules(),
    "serviceaccounts": others.ServiceAccountRules(),
    "persistentvolumeclaims": others.ClaimRules(),
    "persistentvolumes": others.VolumeRules(),
    "roles.rbac.authorization.k8s.io": others.RoleRules(),
    "clusterroles.rbac.authorization.k8s.io": others.ClusterRoleRules(),
    "rolebindings.rbac.authorization.k8s.io": others.RoleBindingRules(),
    "clusterrolebindings.rbac.authorization.k8s.io": others.BindingRules(),
    "customresourcedefinitions.apiextensions.k8s.io": DefinitionRules(),
}


def of(resource: str) -> Rules:
    """The rules of a resource by its qualified name."""
    return _RULES.get(resource, PLAIN)
