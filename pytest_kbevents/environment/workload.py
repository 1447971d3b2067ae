"""What a world is about: one component of one cluster, as a scenario describes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pytest_kbevents.api.names import ROLE_PROBE


@dataclass(frozen=True, slots=True)
class Role:
    """One of a component's roles."""

    name: str
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class LifecycleAction:
    """An action of the component; ``timeout`` in seconds, ``retry_interval`` in nanoseconds, as KubeBlocks has them."""

    timeout: int = 0
    max_retries: int = 0
    retry_interval: int = 0
    non_blocking: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """How the agents run one of the component's actions again and again; times in seconds, 0 for kbagent's default."""

    initial_delay: int = 0
    period: int = 1
    success_threshold: int = 0
    failure_threshold: int = 0
    report_period: int = 0
    """After how long the outcome is told again; that of the role and of availability KubeBlocks decides."""
    action: LifecycleAction = LifecycleAction()


@dataclass(frozen=True, slots=True)
class Workload:
    """``services`` maps a Service's name to the role it selects (``""``: every Pod)."""

    cluster: str
    component: str
    replicas: int
    roles: Sequence[Role] = ()
    services: Mapping[str, str] = field(default_factory=dict)
    probes: Mapping[str, Probe] = field(default_factory=lambda: {ROLE_PROBE: Probe()})
    """By the action that they run."""
    actions: Mapping[str, LifecycleAction] = field(default_factory=dict)
    """Those that no probe runs."""
    available: Mapping[str, Any] | None = None
    """The ComponentDefinition's ``spec.available``."""
    agents: str = ""
    """Whose agents they are, whatever release the rest is of."""
    controller: str = ""
    """Whose controller it is, whatever release the rest is of."""
    most: int = 0
    """How many replicas there will be at most, where it is scaled."""

    @property
    def name(self) -> str:
        """Of the Component and its InstanceSet."""
        return f"{self.cluster}-{self.component}"

    @property
    def pods(self) -> list[str]:
        """The Pods' names at the beginning, by ordinal."""
        return [self.pod(ordinal) for ordinal in range(self.replicas)]

    @property
    def all_pods(self) -> list[str]:
        """The names of all that there may ever be."""
        return [self.pod(ordinal) for ordinal in range(max(self.replicas, self.most))]

    def pod(self, ordinal: int) -> str:
        """A Pod's name."""
        return f"{self.name}-{ordinal}"
