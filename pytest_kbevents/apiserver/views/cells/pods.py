"""Pods, and templates of them."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.views.cells import ages, pod_status
from pytest_kbevents.apiserver.views.cells.texts import NONE, containers, labels, name, part

_OVER = {"Succeeded": "The pod has completed successfully.", "Failed": "The pod failed."}


def pod(obj: Object, now: int) -> list[Any]:
    """Name, Ready, Status, Restarts, Age, IP, Node, Nominated Node, Readiness Gates."""
    found = pod_status.of(obj)
    restarts = str(found.restarts)
    if found.restarts and found.restarted:
        restarts += f" ({ages.since(found.restarted, now)} ago)"
    status = part(obj, "status")
    addresses = status.get("podIPs") or [{}]
    return [
        name(obj),
        f"{found.ready}/{found.containers}",
        found.reason,
        restarts,
        ages.created(obj, now),
        addresses[0].get("ip") or NONE,
        part(obj, "spec").get("nodeName") or NONE,
        status.get("nominatedNodeName") or NONE,
        _gates(obj),
    ]


def conditions(obj: Object) -> list[dict[str, str]]:
    """What a Pod's row says of a Pod that is over."""
    phase = part(obj, "status").get("phase", "")
    if phase not in _OVER:
        return []
    return [{"type": "Completed", "status": "True", "reason": phase, "message": _OVER[phase]}]


def template(obj: Object, _: int) -> list[Any]:
    """Name, Containers, Images, Pod Labels."""
    labelled = part(obj, "template", "metadata").get("labels")
    return [name(obj), *containers(part(obj, "template", "spec")), labels(labelled)]


def _gates(obj: Object) -> str:
    gates = part(obj, "spec").get("readinessGates") or ()
    seen: dict[str, str] = {}
    for item in part(obj, "status").get("conditions") or ():
        seen.setdefault(item["type"], item["status"])
    passed = sum(1 for gate in gates if seen.get(gate["conditionType"]) == "True")
    return f"{passed}/{len(gates)}" if gates else NONE
