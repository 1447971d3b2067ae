"""Which workload a Pod belongs to, and which Pods are of one workload."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pytest_kbevents.api.names import (
    CLUSTER_LABEL,
    COMPONENT_LABEL,
    INSTANCE_LABEL,
    INSTANCE_SET_LABEL,
    WORKLOADS_GROUP,
)
from pytest_kbevents.api.objects import Object, labels_of
from pytest_kbevents.api.resources import INSTANCE_SETS, INSTANCES, Resource


@dataclass(frozen=True, slots=True)
class Owner:
    """A workload by kind and name."""

    resource: Resource
    name: str


class Unowned(Enum):
    """Why there is no owner."""

    AMBIGUOUS = "the labels name both an InstanceSet and an Instance"
    UNKNOWN = "neither an ownerReference nor a label names a workload"


_KINDS = {resource.kind: resource for resource in (INSTANCE_SETS, INSTANCES)}


def resolve(pod: Object) -> Owner | Unowned:
    """The controller ownerReference of the workloads group wins, in any version; else the labels."""
    for reference in pod.get("metadata", {}).get("ownerReferences") or []:
        group = str(reference.get("apiVersion", "")).partition("/")[0]
        if reference.get("controller") and group == WORKLOADS_GROUP and reference.get("kind") in _KINDS:
            return Owner(_KINDS[reference["kind"]], reference["name"])
    instance_set, instance = labels_of(pod).get(INSTANCE_SET_LABEL), labels_of(pod).get(INSTANCE_LABEL)
    if instance_set and instance:
        return Unowned.AMBIGUOUS
    if instance_set:
        return Owner(INSTANCE_SETS, instance_set)
    return Owner(INSTANCES, instance) if instance else Unowned.UNKNOWN


def family(pod: Object, owner: Owner) -> tuple[str, ...]:
    """What Pods that share exclusive roles have in common: the InstanceSet, or of Instances the component."""
    labels = labels_of(pod)
    if owner.resource == INSTANCES and labels.get(COMPONENT_LABEL):
        return INSTANCES.kind, labels.get(CLUSTER_LABEL, ""), labels[COMPONENT_LABEL]
    return owner.resource.kind, owner.name
