"""The controllers of the cluster that the server stands in for; they act as soon as something was committed."""

from __future__ import annotations

from typing import Protocol

from pytest_kbevents.apiserver.controllers.definitions import Definitions
from pytest_kbevents.apiserver.registry import Registry
from pytest_kbevents.apiserver.store import Store

CLUSTERS = ("envtest", "kind")
"""A bare kube-apiserver, and a cluster with a kube-controller-manager."""


class Acts(Protocol):
    """One of them."""

    def act(self, now: int) -> None:
        """Do what there is to do."""


class Imitation:
    """All of them, in turn, until none has anything left to do."""

    def __init__(self, store: Store, registry: Registry, imitates: str) -> None:
        if imitates not in CLUSTERS:
            raise ValueError(f"imitates {imitates!r}: must be one of {', '.join(CLUSTERS)}")
        self._definitions = Definitions(store)
        self._garbage = _garbage_collector(store, registry) if imitates == "kind" else None

    def settle(self, now: int) -> None:
        """Act on what has been committed since the last call."""
        self._definitions.act(now)
        if self._garbage is not None:
            self._garbage.act(now)


def _garbage_collector(store: Store, registry: Registry) -> Acts:
    from pytest_kbevents.apiserver.controllers.garbage import GarbageCollector

    return GarbageCollector(store, registry)
