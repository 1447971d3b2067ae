"""``service: NAME, routes_to: [PODS]``: where traffic goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from pydantic import Field

from pytest_kbevents.api.resources import EVENTS, PODS, SERVICES, Resource
from pytest_kbevents.environment.traffic import Look
from pytest_kbevents.environment.world import World
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.history.routing import routes_to
from pytest_kbevents.scenario.subjects.subject import Subject, words
from pytest_kbevents.scenario.values import NamesExpectation, in_any_order


class ServiceRoutes(Subject):
    """A Service sends traffic to exactly these Pods, in any order."""

    key: ClassVar[str] = "service"
    said: ClassVar[tuple[str, ...]] = ("routes_to",)

    service: str = Field(description="The Service's name.")
    routes_to: NamesExpectation = Field(default=None, description="Names of the Pods; an empty list: to none.")

    @property
    def kinds(self) -> tuple[Resource, ...]:
        return (PODS, SERVICES)

    def reading(self, state: State, namespace: str) -> Any:
        return routes_to(state, (namespace, self.service))

    def expectation(self) -> Any:
        return in_any_order(self.routes_to)

    def traffic(self, world: World) -> Callable[[], Look] | None:
        if world.traffic is None or self.service not in world.workload.services:
            return None
        return partial(world.traffic.look, self.service)

    def concerns(self, revision: Revision) -> bool:
        return revision.resource in (PODS, SERVICES, EVENTS)

    def name(self) -> str:
        return f"Service {self.service}"

    def sentence(self) -> str:
        told = self.routes_to
        text = (", ".join(map(words, told)) or "no Pod") if isinstance(told, list) else words(told)
        return f"{self.name()} routes to {text}"
