"""Where traffic really goes, in clusters that have a network of Pods: what no label can show."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.environment.caller import Caller
from pytest_kbevents.history.history import History
from pytest_kbevents.history.routing import endpoints_of, routes_to

CALLS = 3
"""Connections for each look: each goes where the node's rules send it, by chance."""


@dataclass(frozen=True, slots=True)
class Look:
    """Names of Pods, by who says so; ``problem`` is why a connection was not made."""

    labels: list[str]
    endpoints: list[str]
    reached: list[str]
    problem: str = ""

    @property
    def agrees(self) -> bool:
        """All say the same. No Pod is reached where there is none."""
        if self.labels != self.endpoints:
            return False
        return set(self.reached) <= set(self.labels) and bool(self.reached) == bool(self.labels) and not self._odd()

    def _odd(self) -> bool:
        """Whether a connection failed though there are Pods."""
        return bool(self.labels and self.problem)


class Traffic:
    """Of one world."""

    def __init__(self, history: History, namespace: str, caller: Caller) -> None:
        self._history = history
        self._namespace = namespace
        self._caller = caller

    def look(self, service: str) -> Look:
        """Ask all of them. Without EndpointSlices that agree, nobody is called."""
        state, key = self._history.state, (self._namespace, service)
        labels, endpoints = routes_to(state, key) or [], endpoints_of(state, key)
        if labels != endpoints:
            return Look(labels, endpoints, [])
        calls = [self._caller.call(service) for _ in range(CALLS if labels else 1)]
        reached = sorted({call.pod for call in calls if call.pod})
        return Look(labels, endpoints, reached, next((call.problem for call in calls if call.problem), ""))
