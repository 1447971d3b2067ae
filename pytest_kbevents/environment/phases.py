"""What KubeBlocks' component controller makes of the Pods on each pass: the Component's phase, and whether that is
available, where its policy is one of phases (the facts: bugs.md, 1A and 1B).
"""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.names import AVAILABLE_CONDITION, INSTANCE_SET_LABEL, ROLE_LABEL
from pytest_kbevents.api.objects import Object, conditions_of, labels_of
from pytest_kbevents.api.resources import COMPONENTS, PODS
from pytest_kbevents.environment.place import Place
from pytest_kbevents.history.routing import is_ready

RUNNING, UPDATING = "Running", "Updating"


def tell_phase(place: Place) -> None:
    """Write the Component's status. Its other conditions stay."""
    component = place.client.get(COMPONENTS, place.namespace, place.workload.name)
    phase = RUNNING if all(_is_done(pod, place) for pod in _pods(place)) else UPDATING
    status: dict[str, Any] = {"phase": phase}
    policy = place.workload.available or {}
    phases = str(policy.get("withPhases") or "")
    if phases and (place.producer.phases_over_probes or not policy.get("withProbe")):
        status["conditions"] = _conditions(component, is_available=phase in phases.split(","), place=place)
    place.client.patch(COMPONENTS, place.namespace, place.workload.name, {"status": status}, "status")


def _pods(place: Place) -> list[Object]:
    return place.client.list(PODS, place.namespace, f"{INSTANCE_SET_LABEL}={place.workload.name}")


def _is_done(pod: Object, place: Place) -> bool:
    needs_role = bool(place.workload.roles) and not place.producer.runs_without_roles
    return is_ready(pod) and (not needs_role or ROLE_LABEL in labels_of(pod))


def _conditions(component: Object, *, is_available: bool, place: Place) -> list[Object]:
    told = {
        "type": AVAILABLE_CONDITION,
        "status": "True" if is_available else "False",
        "reason": AVAILABLE_CONDITION if is_available else "PhaseCheckFail",
        "message": "the component is in one of its phases" if is_available else "the component's phase is another",
        "lastTransitionTime": times.time(place.clock.micros()),
    }
    return [*(each for each in conditions_of(component) if each.get("type") != AVAILABLE_CONDITION), told]
