"""The event controller of a release, put together."""

from __future__ import annotations

from pytest_kbevents.api.resources import COMPONENT_DEFINITIONS, COMPONENTS, EVENTS, INSTANCE_SETS, INSTANCES, PODS
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import Clock
from pytest_kbevents.controller.cached import IndexedReader
from pytest_kbevents.controller.manager import Manager
from pytest_kbevents.controller.ranking import RankFunction
from pytest_kbevents.controller.ratelimit import ExponentialBackoff, RateLimiter, SharedBucket, Slowest
from pytest_kbevents.controller.recorder import EventRecorder
from pytest_kbevents.reconciler.available.handler import AvailableHandler
from pytest_kbevents.reconciler.available.newest_events import RESULTS, results
from pytest_kbevents.reconciler.available.silence import AvailabilityReconciler
from pytest_kbevents.reconciler.event_reconciler import EventReconciler, is_unmarked
from pytest_kbevents.reconciler.outcome import Handler
from pytest_kbevents.reconciler.releases import TABLE, Behaviours, HandlerName
from pytest_kbevents.reconciler.role.handler import RoleHandler
from pytest_kbevents.reconciler.role.second_reconciler import SecondRoleReconciler
from pytest_kbevents.reconciler.role.siblings import CLAIMS, claims
from pytest_kbevents.reconciler.role.snapshot_handler import SnapshotRoleHandler
from pytest_kbevents.reconciler.role.takeover import BY_ROLE, by_role
from pytest_kbevents.reconciler.task.handler import TaskHandler

USER_AGENT = "event-controller"
CACHED = (EVENTS, PODS, INSTANCE_SETS, INSTANCES, COMPONENTS, COMPONENT_DEFINITIONS)
"""Kinds whose reads are as late as their watch."""


def event_controller(
    transport: Transport, clock: Clock, namespace: str, release: str, workers: int | None = None
) -> Manager:
    """The manager that reconciles every Event of ``namespace`` (``""``: of all) as ``release`` did, a column of
    ``releases.TABLE``. ``workers`` replaces the release's own number.
    """
    behaviours = TABLE[release]
    client = Client(transport, USER_AGENT)
    manager = Manager(client, namespace, clock, lambda: _limiter(clock, behaviours))
    cache = manager.reader(CACHED)
    for name, function in event_rankings(behaviours).items():
        manager.rank(EVENTS, name, function)
    manager.index(PODS, BY_ROLE, by_role)
    recorder = EventRecorder(client, clock, USER_AGENT)
    reconciler = event_reconciler(cache, client, clock, recorder, behaviours)
    manager.reconcile(EVENTS, reconciler, workers or behaviours.workers, is_unmarked)
    if behaviours.second_role_reconciler:
        manager.reconcile(EVENTS, SecondRoleReconciler(cache, client), behaviours.workers)
    if behaviours.silence_is_failure:
        manager.reconcile(COMPONENTS, AvailabilityReconciler(cache, client, clock, recorder, behaviours), workers=1)
    return manager


def event_rankings(behaviours: Behaviours) -> dict[str, RankFunction]:
    """What a release keeps of its cached Events, so that it need not look at all of them."""
    rankings: dict[str, RankFunction] = {}
    if behaviours.skips_known_roles:
        rankings[CLAIMS] = claims(behaviours)
    if behaviours.window_from_events or behaviours.silence_is_failure:
        rankings[RESULTS] = results(behaviours)
    return rankings


def event_reconciler(
    cache: IndexedReader, client: Client, clock: Clock, recorder: EventRecorder, behaviours: Behaviours
) -> EventReconciler:
    """The reconciler of Events with the handlers of a release."""
    handlers = [_handler(name, cache, client, clock, behaviours) for name in behaviours.handlers]
    return EventReconciler(cache, client, recorder, handlers, behaviours)


def _handler(name: HandlerName, cache: IndexedReader, live: Client, clock: Clock, behaviours: Behaviours) -> Handler:
    match name:
        case "role" if behaviours.role_messages == "kbagent":
            return RoleHandler(cache, live, clock, behaviours)
        case "role":
            return SnapshotRoleHandler(cache, live, behaviours)
        case "available":
            return AvailableHandler(cache, live, clock, behaviours)
        case "task":
            return TaskHandler(cache, live, behaviours)


def _limiter(clock: Clock, behaviours: Behaviours) -> RateLimiter:
    limiters: list[RateLimiter] = [ExponentialBackoff()]
    if behaviours.shares_retry_bucket:
        limiters.append(SharedBucket(clock))
    return Slowest(limiters)
