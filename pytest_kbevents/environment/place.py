"""Where a world's objects are made: what everybody who makes them has to know."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import Clock
from pytest_kbevents.environment.releases import TABLE, ProducerBehaviours
from pytest_kbevents.environment.workload import Workload
from pytest_kbevents.releases import DEFAULT_RELEASE


@dataclass(frozen=True, slots=True)
class Place:
    """One world's namespace, and who runs the Pods in it."""

    client: Client
    clock: Clock
    namespace: str
    workload: Workload
    agents: str
    """The release of the agents in the Pods."""
    image: str = ""
    """What kubelets start for the Pods; ``""``: the harness plays the kubelet."""
    is_real: bool = False
    """Kubernetes' own controllers act here: what says that it is on a node is taken at its word."""
    has_definitions: bool = True
    """ComponentDefinitions can be made."""
    producer: ProducerBehaviours = TABLE[DEFAULT_RELEASE]
    """How the component's and the InstanceSet's controllers act, which the harness plays."""
