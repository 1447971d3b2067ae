"""What the STATUS, READY and RESTARTS of a Pod are: of all that its containers say, what matters most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.views.cells.texts import part

_Status = Mapping[str, Any]


@dataclass(slots=True)
class PodStatus:
    """A Pod in short."""

    reason: str
    ready: int = 0
    containers: int = 0
    restarts: int = 0
    restarted: str = ""
    """When a container last ended that was started again; ``""`` for never."""

    def count(self, container: _Status) -> None:
        """Add a container's restarts."""
        self.restarts += container.get("restartCount", 0)
        ended = part(container, "lastState", "terminated").get("finishedAt") or ""
        if ended and (not self.restarted or times.parse(ended) > times.parse(self.restarted)):
            self.restarted = ended


def of(obj: Object) -> PodStatus:
    """Read a Pod."""
    spec, status = part(obj, "spec"), part(obj, "status")
    sidecars = {item["name"] for item in spec.get("initContainers") or () if item.get("restartPolicy") == "Always"}
    found = PodStatus(_phase(status), containers=len(spec.get("containers") or ()) + len(sidecars))
    initializing = _initialize(found, status, sidecars, len(spec.get("initContainers") or ()))
    if not initializing or _is_true(status, "Initialized"):
        _run(found, status, sidecars)
    if "deletionTimestamp" in obj["metadata"]:
        found.reason = _ending(found.reason, status)
    return found


def _phase(status: _Status) -> str:
    reason: str = status.get("reason") or status.get("phase", "")
    for condition in status.get("conditions") or ():
        if (condition["type"], condition.get("reason")) == ("PodScheduled", "SchedulingGated"):
            reason = "SchedulingGated"
    return reason


def _initialize(found: PodStatus, status: _Status, sidecars: set[str], total: int) -> bool:
    """Whether an init container is not yet done; ``found`` says which."""
    for index, container in enumerate(status.get("initContainerStatuses") or ()):
        found.count(container)
        state = part(container, "state")
        if "terminated" in state and not state["terminated"].get("exitCode"):
            continue
        if container["name"] in sidecars and container.get("started"):
            found.ready += bool(container.get("ready"))
            continue
        found.reason = f"Init:{_unfinished(state) or f'{index}/{total}'}"
        return True
    return False


def _unfinished(state: _Status) -> str:
    """Why an init container is not done; ``""`` where it only takes its time."""
    if "terminated" in state:
        return _ended(state["terminated"])
    waiting = part(state, "waiting").get("reason", "")
    return "" if waiting == "PodInitializing" else waiting


def _run(found: PodStatus, status: _Status, sidecars: set[str]) -> None:
    """What the containers say, the first of them last."""
    found.restarts, found.restarted = 0, ""
    _count_sidecars(found, status.get("initContainerStatuses") or (), sidecars)
    running, failure = False, ""
    for container in reversed(status.get("containerStatuses") or ()):
        found.count(container)
        state = part(container, "state")
        if reason := part(state, "waiting").get("reason"):
            found.reason = reason
        elif "terminated" in state:
            found.reason = _ended(state["terminated"])
            failure = found.reason if state["terminated"].get("exitCode") else failure
        elif container.get("ready") and "running" in state:
            running = True
            found.ready += 1
    if found.reason == "Completed":
        found.reason = _partly(status, failure, running=running)


def _count_sidecars(found: PodStatus, statuses: Iterable[_Status], sidecars: set[str]) -> None:
    for container in statuses:
        if container["name"] in sidecars:
            found.count(container)


def _partly(status: _Status, failure: str, *, running: bool) -> str:
    """What a Pod is of which the first container is done."""
    if running and _is_true(status, "Ready"):
        return "Running"
    return failure or ("NotReady" if running else "Completed")


def _ended(terminated: _Status) -> str:
    if reason := terminated.get("reason"):
        return str(reason)
    signal = terminated.get("signal")
    return f"Signal:{signal}" if signal else f"ExitCode:{terminated.get('exitCode', 0)}"


def _ending(reason: str, status: _Status) -> str:
    if status.get("reason") == "NodeLost":
        return "Unknown"
    return reason if status.get("phase") in ("Succeeded", "Failed") else "Terminating"


def _is_true(status: _Status, kind: str) -> bool:
    conditions = status.get("conditions") or ()
    return any(item["type"] == kind and item["status"] == "True" for item in conditions)
