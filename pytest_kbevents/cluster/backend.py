"""What every backend offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import Clock


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
    alone; it does not exist yet. ``close`` gives back what the site holds.
    """

    transport: Transport
    clock: Clock
    audit: Audit
    namespace: str
    close: Callable[[], None]
    clockwork: Sequence[Clockwork] = ()


class Backend(Protocol):
    """A kind of cluster, up between ``start`` and ``stop``; a session starts one and takes many sites from it."""

    has: frozenset[str]
    """What scenarios can need and not every cluster has: ``virtual time``."""

    def start(self) -> None:
        """Bring it up; when this returns, it answers and knows KubeBlocks' kinds."""

    def stop(self) -> None:
        """Take it down. Idempotent."""

    def site(self, name: str, seed: int, wake: Callable[[], None]) -> Site:
        """A place for one world. ``wake`` is called, in live worlds, when a watch has news."""
