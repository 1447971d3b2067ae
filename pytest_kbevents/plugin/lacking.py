"""What a scenario needs and a world does not have."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_kbevents.cluster.backend import CONTROLLER, KUBELET, NEEDS, REQUESTS
from pytest_kbevents.cluster.backends import HAS
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.settings import EXEC


def lack(scenario: Scenario, here: str, cluster: frozenset[str], controller: str) -> str:
    """Why a scenario cannot run ``here``, on a cluster that has that, with that controller; ``""`` when it can."""
    has = cluster | _of_controller(controller)
    for need, at in sorted(scenario.needs.items()):
        if need not in has:
            return f"{scenario.name} needs {need} ({at}): {NEEDS[need]}; {here} has none"
    if {KUBELET, REQUESTS} <= scenario.needs.keys():
        kubelet, requests = (f"{need} ({scenario.needs[need]})" for need in (KUBELET, REQUESTS))
        return f"{scenario.name} needs {kubelet} and {requests}: agents in Pods send theirs past the test process"
    return ""


def clusters(scenario: Scenario) -> Iterator[str]:
    """Those that it can run on, with the reference controller."""
    return (name for name, has in HAS.items() if not lack(scenario, name, has, "reference"))


def _of_controller(controller: str) -> frozenset[str]:
    if controller == "external":
        return frozenset()
    return frozenset({CONTROLLER}) if controller.startswith(EXEC) else frozenset({CONTROLLER, REQUESTS})
