"""Which host runs a world's controller."""

from __future__ import annotations

from pathlib import Path

from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.deployment.rollout import Rollout
from pytest_kbevents.environment.actor import Driver
from pytest_kbevents.environment.controllers.deployed import Deployed
from pytest_kbevents.environment.controllers.executed import Executed
from pytest_kbevents.environment.controllers.host import ControllerHost, Elsewhere
from pytest_kbevents.environment.controllers.inprocess import InProcess
from pytest_kbevents.environment.place import Place
from pytest_kbevents.settings import EXEC


def hosted(
    controller: str, place: Place, own: tuple[Transport, Driver], workers: int | None, kubeconfig: Path | None
) -> ControllerHost:
    """``controller`` is what --kb-controller takes; ``own`` is what one in this process has."""
    if controller.startswith(EXEC):
        assert kubeconfig is not None, "settings allow it only where the cluster has an address"
        return Executed(controller.removeprefix(EXEC), kubeconfig, place.namespace)
    if controller != "reference":
        return Elsewhere()
    if place.image:
        return Deployed(place.client, Rollout(place.namespace, place.image))
    transport, driver = own
    return InProcess(transport, place.clock, place.namespace, driver, workers)
