"""The event controller of a release, put together."""

from __future__ import annotations

from pytest_kbevents.api.resources import COMPONENTS, EVENTS, INSTANCE_SETS, INSTANCES, PODS
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import Clock
from pytest_kbevents.controller.manager import Manager
from pytest_kbevents.controller.ratelimit import ExponentialBackoff, RateLimiter, SharedBucket, Slowest
from pytest_kbevents.controller.recorder import EventRecorder
from pytest_kbevents.reconciler.event_reconciler import EventReconciler
from pytest_kbevents.reconciler.outcome import Handler
from pytest_kbevents.reconciler.releases import TABLE
from pytest_kbevents.reconciler.role.handler import RoleHandler
from pytest_kbevents.reconciler.role.snapshot_handler import SnapshotRoleHandler

USER_AGENT = "event-controller"
CACHED = (EVENTS, PODS, INSTANCE_SETS, INSTANCES, COMPONENTS)
"""Kinds whose reads are as late as their watch."""


def event_controller(transport: Transport, clock: Clock, namespace: str, release: str) -> Manager:
    """The manager that reconciles every Event of ``namespace`` as ``release`` did (a row of ``releases.TABLE``)."""
    behaviours = TABLE[release]
    client = Client(transport, USER_AGENT)
    limiters: list[RateLimiter] = [ExponentialBackoff()]
    if behaviours.shares_retry_bucket:
        limiters.append(SharedBucket(clock))
    manager = Manager(client, namespace, clock, Slowest(limiters))
    cache = manager.reader(CACHED)
    recorder = EventRecorder(client, clock, USER_AGENT)
    contracts: dict[str, Handler] = {
        "claim": RoleHandler(cache, client, recorder, behaviours),
        "snapshot": SnapshotRoleHandler(cache, client),
    }
    handlers = [contracts[behaviours.role_contract]]
    reconciler = EventReconciler(cache, client, handlers, marks_foreign=behaviours.marks_foreign_events)
    manager.reconcile(EVENTS, reconciler, behaviours.workers)
    return manager
