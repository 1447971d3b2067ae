"""What every backend offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import Clock

VIRTUAL_TIME = "virtual time"
KUBELET = "kubelet"
NODES = "nodes"
DEFINITIONS = "component definitions"
REQUESTS = "requests"
CONTROLLER = "controller"
NEEDS = {
    VIRTUAL_TIME: "a clock that can be moved",
    KUBELET: "Pods whose containers run",
    NODES: "nodes that are ours to drain",
    DEFINITIONS: "ComponentDefinitions, which are in no namespace",
    REQUESTS: "requests of agents and controller that pass through the test process",
    CONTROLLER: "a controller that can be stopped and started",
}
"""What a scenario may need that not every world has. The first four are a cluster's to have, the others depend on who
the controller is.
"""


class AuditEntry(Protocol):
    """One answered request, as the server saw it."""

    @property
    def micros(self) -> int: ...
    @property
    def user_agent(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def code(self) -> int: ...
    @property
    def problem(self) -> str: ...


class Audit(Protocol):
    """Who asked for what."""

    @property
    def entries(self) -> Sequence[AuditEntry]: ...

    def writer(self, revision: int) -> str:
        """Who committed a revision; ``""`` when that is not known."""


class Clockwork(Protocol):
    """What a cluster does by itself as time passes; whoever drives a simulated world drives it, too."""

    name: str

    def due(self) -> int | None:
        """When, in microseconds since the epoch; None while there is nothing to do."""

    def step(self) -> None:
        """Do it."""


@dataclass(frozen=True, slots=True)
class Site:
    """One world's place in a cluster.

    A VirtualClock makes it a simulated world, to be moved by whoever drives it. ``namespace`` is free for this world
    alone; where ``is_made``, it is there already, and else the world makes it. ``close`` gives back what the site
    holds.
    """

    transport: Transport
    clock: Clock
    audit: Audit
    namespace: str
    close: Callable[[], None]
    clockwork: Sequence[Clockwork] = ()
    is_made: bool = False
    is_real: bool = False
    """Kubernetes' own controllers and kubelets act here."""
    image: str = ""
    """What those kubelets can start for Pods of ours; ``""``: nothing."""
    cleans: bool = False
    """The cluster outlives its worlds: what one has put there is taken out when it ends."""
    has_definitions: bool = True
    """ComponentDefinitions, which are in no namespace, can be made."""
    kubeconfig: Path | None = None
    """How other programs reach the cluster; None when they cannot."""


class Backend(Protocol):
    """A kind of cluster, up between ``start`` and ``stop``; a session starts one and takes many sites from it."""

    @property
    def has(self) -> frozenset[str]:
        """What scenarios can need and not every cluster has, of ``NEEDS``."""

    @property
    def kubeconfig(self) -> Path | None:
        """How other programs find it while it is up; None when they cannot."""

    def start(self) -> None:
        """Bring it up; when this returns, it answers and knows KubeBlocks' kinds.

        Raises:
            SettingError: something is missing, or must not be used; the text says the remedy.
            ClusterFailed: it does not come up.
        """

    def stop(self) -> None:
        """Take it down. Idempotent."""

    def collect(self, folder: Path) -> None:
        """Write what else there is that explains a failure."""

    def site(self, name: str, seed: int, wake: Callable[[], None]) -> Site:
        """A place for one world. ``wake`` is called, in live worlds, when a watch has news."""
