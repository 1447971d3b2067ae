"""``service: NAME, routes_to: [PODS]``: where traffic goes."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from pytest_kbevents.api.resources import EVENTS, PODS, SERVICES
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.history.routing import routes_to
from pytest_kbevents.scenario.subjects.subject import Observation, Subject


class ServiceRoutes(Subject):
    """A Service sends traffic to exactly these Pods, in any order."""

    key: ClassVar[str] = "service"

    service: str = Field(description="The Service's name.")
    routes_to: list[str] = Field(description="Names of the Pods; an empty list: to none.")

    def observe(self, state: State, namespace: str) -> Observation:
        return Observation(sorted(self.routes_to), routes_to(state, (namespace, self.service)))

    def concerns(self, revision: Revision) -> bool:
        return revision.resource in (PODS, SERVICES, EVENTS)

    def sentence(self) -> str:
        return f"Service {self.service} routes to {', '.join(self.routes_to) or 'no Pod'}"
