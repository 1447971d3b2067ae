"""What is to run in a cluster."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.releases import DEFAULT_RELEASE


@dataclass(frozen=True, slots=True)
class Rollout:
    """The controller of one namespace."""

    namespace: str
    image: str
    """Its entry point is ``kbevents``."""
    release: str = DEFAULT_RELEASE
    """Whose behaviour the controller has."""
    replicas: int = 2
    """One works, the others wait for its Lease."""
    workers: int | None = None
    """None: the release's own number."""
    pull_policy: str = "IfNotPresent"
    """An image that was loaded into the nodes is never to be pulled: ``Always`` would try."""
