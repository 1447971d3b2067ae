"""What a component is judged by: its policy, and the Pods that count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pytest_kbevents.api.objects import Object, name_of, namespace_of
from pytest_kbevents.api.resources import COMPONENT_DEFINITIONS, INSTANCE_SETS
from pytest_kbevents.client.protocols import Reader
from pytest_kbevents.errors import NotNow
from pytest_kbevents.reconciler.available import pod_names
from pytest_kbevents.reconciler.available.policy import ProbePolicy, probe_policy
from pytest_kbevents.reconciler.releases import Behaviours


@dataclass(frozen=True, slots=True)
class Case:
    """``replicas`` is how many results a strict policy demands."""

    component: Object
    policy: ProbePolicy
    pods: Sequence[str]
    replicas: int


class Cases:
    """Read from a cache."""

    def __init__(self, cache: Reader, behaviours: Behaviours) -> None:
        self._cache = cache
        self._behaviours = behaviours

    def of(self, component: Object) -> Case | None:
        """None when the policy asks no probes.

        Raises:
            NotFound: the ComponentDefinition or the InstanceSet is not there.
            NotNow: the ComponentDefinition is not available yet.
            ValueError: the policy can never be judged.
        """
        spec: Object = component.get("spec") or {}
        definition = self._cache.get(COMPONENT_DEFINITIONS, "", spec.get("compDef") or "")
        _demand_available(definition)
        pods = self._pods(component)
        policy = probe_policy(definition, self._behaviours)
        if policy is None:
            return None
        own = self._behaviours.replicas_from == "Component"
        return Case(component, policy, pods, (spec.get("replicas") or 0) if own else len(pods))

    def _pods(self, component: Object) -> Sequence[str]:
        if self._behaviours.pod_names_from == "Component":
            return pod_names.of_component(component)
        instance_set = self._cache.get(INSTANCE_SETS, namespace_of(component), name_of(component))
        return pod_names.of_instance_set(instance_set)


def _demand_available(definition: Object) -> None:
    status: Object = definition.get("status") or {}
    if status.get("observedGeneration") != definition["metadata"].get("generation"):
        raise NotNow(f"the controller of ComponentDefinition {name_of(definition)} has not seen its last change")
    if status.get("phase") != "Available":
        raise NotNow(f"ComponentDefinition {name_of(definition)} is {status.get('phase') or 'without a phase'}")
