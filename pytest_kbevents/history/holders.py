"""Who has a role."""

from __future__ import annotations

from collections import defaultdict

from pytest_kbevents.api.names import INSTANCE_SET_LABEL, ROLE_LABEL
from pytest_kbevents.api.objects import labels_of, name_of
from pytest_kbevents.api.resources import PODS
from pytest_kbevents.history.revision import State


def holders(state: State, role: str) -> dict[str, list[str]]:
    """Names of the Pods with a role, whatever its case, sorted, by InstanceSet; each that has a Pod is there."""
    found: dict[str, list[str]] = defaultdict(list)
    for pod in state.list(PODS):
        among = found[labels_of(pod).get(INSTANCE_SET_LABEL, "")]
        if labels_of(pod).get(ROLE_LABEL, "").lower() == role.lower():
            among.append(name_of(pod))
    return {workload: sorted(pods) for workload, pods in found.items()}
