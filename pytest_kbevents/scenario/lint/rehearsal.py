"""A cluster as a scenario's run begins with it, in which writes are tried and nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.api.resources import NAMESPACES
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.manifests import provision
from pytest_kbevents.environment.place import Place
from pytest_kbevents.environment.world import HARNESS
from pytest_kbevents.errors import (
    ApiError,
    BadRequest,
    InputError,
    Invalid,
    KbEventsError,
    NotFound,
    RequestEntityTooLarge,
)
from pytest_kbevents.releases import DEFAULT_RELEASE
from pytest_kbevents.scenario.kinds import resource_of
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.stage import Stage

_REFUSALS = (Invalid, BadRequest, RequestEntityTooLarge)
"""What an object is refused with for what it is, whatever else is in the cluster."""


class _DryRun:
    """Every write is one that is only tried."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner

    def send(self, request: Request) -> Response:
        """Hand it on."""
        tried = request if request.method == "GET" else replace(request, query={**request.query, "dryRun": "All"})
        return self._inner.send(tried)


class Rehearsal:
    """All Pods that there may ever be are there, and none of the agents or the controller."""

    def __init__(self, scenario: Scenario) -> None:
        workload = replace(scenario.workload, replicas=len(scenario.workload.all_pods))
        self._namespace = "rehearsal"
        site = make("embedded").site(self._namespace, 0, lambda: None)
        self._client = Client(_DryRun(site.transport), HARNESS)
        self._is_ready = True
        world = SimpleNamespace(
            client=self._client, clock=site.clock, namespace=self._namespace, workload=scenario.workload
        )
        shared = SimpleNamespace(plan=scenario.plan, sent={})
        self._stage = cast(Stage, SimpleNamespace(world=world, shared=shared, deadline=lambda _: 0))
        try:
            plain = Client(site.transport, HARNESS)
            plain.create(NAMESPACES, {"metadata": {"name": self._namespace}})
            agents = workload.agents or DEFAULT_RELEASE
            provision(Place(plain, site.clock, self._namespace, workload, agents))
        except ApiError:  # what the cluster block describes is refused itself: nothing can be said of the rest
            self._is_ready = False

    def refusal(self, operation: Operation) -> str:
        """Why the API server refuses what it writes, whenever that is; ``""`` when that is not known."""
        try:
            if self._is_ready:
                operation.execute(self._stage)
        except InputError as error:
            return str(getattr(error, "problem", error))
        except _REFUSALS as error:
            return error.message
        except NotFound as error:
            return error.message if error.details.get("kind") == "namespaces" else ""
        except KbEventsError:
            return ""
        return ""

    def has(self, kind: str, name: str) -> bool:
        """Whether the run begins with such an object."""
        try:
            self._client.get(resource_of(kind), self._namespace, name)
        except ApiError:
            return False
        return self._is_ready
