"""What a template can call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.names import ROLE_PROBE
from pytest_kbevents.clock import SIMULATION_START
from pytest_kbevents.environment.workload import Workload
from pytest_kbevents.environment.world import World
from pytest_kbevents.errors import InputError
from pytest_kbevents.scenario.template import Scope, outcome_name

_ANY_UID = "00000000-0000-4000-8000-000000000000"


def planned(workload: Workload) -> Scope:
    """The names while a file is checked: what only a run can know is made up, so that every template can be tried."""
    return _scope(workload, "namespace", lambda _: _ANY_UID, lambda: SIMULATION_START)


def live(world: World) -> Scope:
    """The names of a run."""
    return _scope(world.workload, world.namespace, world.uid, world.clock.micros)


def _scope(workload: Workload, namespace: str, uid: Callable[[str], str], micros: Callable[[], int]) -> Scope:
    def pod(ordinal: int) -> str:
        if not isinstance(ordinal, int) or not 0 <= ordinal < len(workload.all_pods):
            raise InputError(f"pod({ordinal!r}): the component has Pods 0 to {len(workload.all_pods) - 1}")
        return workload.pod(ordinal)

    def now() -> str:
        return times.micro_time(micros())

    def event_name(pod: str, output: str, probe: str = ROLE_PROBE) -> str:
        return outcome_name(pod, uid(pod), workload.name, (probe, output))

    names: dict[str, Any] = {
        "event_name": event_name,
        "pod": pod,
        "uid": uid,
        "now": now,
        "micros": micros,
        "namespace": namespace,
        "component": workload.name,
        "replicas": workload.replicas,
    }
    return Scope(names)
