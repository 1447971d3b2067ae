"""Nodes, namespaces and leases."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.objects import Object, labels_of
from pytest_kbevents.apiserver.views.cells import ages
from pytest_kbevents.apiserver.views.cells.texts import NONE, name, part

_ROLE = "node-role.kubernetes.io/"
_UNKNOWN = "<unknown>"


def node(obj: Object, now: int) -> list[Any]:
    """Name, Status, Roles, Age, Version, Internal-IP, External-IP, OS-Image, Kernel-Version, Container-Runtime."""
    info = part(obj, "status", "nodeInfo")
    kernel = info.get("kernelVersion") or _UNKNOWN
    if info.get("architecture"):
        kernel += f" ({info['architecture']})"
    system = [info.get("osImage") or _UNKNOWN, kernel, info.get("containerRuntimeVersion") or _UNKNOWN]
    told = [_status(obj), _roles(obj), ages.created(obj, now), info.get("kubeletVersion", "")]
    return [name(obj), *told, _address(obj, "InternalIP"), _address(obj, "ExternalIP"), *system]


def namespace(obj: Object, now: int) -> list[Any]:
    """Name, Status, Age."""
    return [name(obj), part(obj, "status").get("phase", ""), ages.created(obj, now)]


def lease(obj: Object, now: int) -> list[Any]:
    """Name, Holder, Age."""
    return [name(obj), part(obj, "spec").get("holderIdentity", ""), ages.created(obj, now)]


def _status(obj: Object) -> str:
    ready = [item["status"] for item in part(obj, "status").get("conditions") or () if item["type"] == "Ready"]
    told = [{"True": "Ready"}.get(ready[-1], "NotReady") if ready else "Unknown"]
    return ",".join(told + (["SchedulingDisabled"] if part(obj, "spec").get("unschedulable") else []))


def _roles(obj: Object) -> str:
    labels = labels_of(obj)
    found = {key.removeprefix(_ROLE) for key in labels if key.startswith(_ROLE)} | {
        labels.get("kubernetes.io/role", "")
    }
    return ",".join(sorted(found - {""})) or NONE


def _address(obj: Object, kind: str) -> str:
    addresses = part(obj, "status").get("addresses") or ()
    return next((item["address"] for item in addresses if item["type"] == kind), NONE)
