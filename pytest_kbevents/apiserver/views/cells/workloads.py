"""What runs Pods and keeps them running."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.views.cells import ages
from pytest_kbevents.apiserver.views.cells.texts import NONE, containers, labels, name, part, selector


def deployment(obj: Object, now: int) -> list[Any]:
    """Name, Ready, Up-to-date, Available, Age, Containers, Images, Selector."""
    status = part(obj, "status")
    counts = [_share(obj), status.get("updatedReplicas", 0), status.get("availableReplicas", 0)]
    return [name(obj), *counts, ages.created(obj, now), *_template(obj), selector(part(obj, "spec").get("selector"))]


def stateful_set(obj: Object, now: int) -> list[Any]:
    """Name, Ready, Age, Containers, Images."""
    return [name(obj), _share(obj), ages.created(obj, now), *_template(obj)]


def replica_set(obj: Object, now: int) -> list[Any]:
    """Name, Desired, Current, Ready, Age, Containers, Images, Selector."""
    return [*_counted(obj, now), selector(part(obj, "spec").get("selector"))]


def replication_controller(obj: Object, now: int) -> list[Any]:
    """The same; its selector is a map."""
    return [*_counted(obj, now), labels(part(obj, "spec").get("selector"))]


def daemon_set(obj: Object, now: int) -> list[Any]:
    """Name, Desired, Current, Ready, Up-to-date, Available, Node Selector, Age, Containers, Images, Selector."""
    status, spec = part(obj, "status"), part(obj, "spec")
    numbers = ("desiredNumberScheduled", "currentNumberScheduled", "numberReady", "updatedNumberScheduled")
    counts = [status.get(number, 0) for number in (*numbers, "numberAvailable")]
    nodes = labels(part(spec, "template", "spec").get("nodeSelector"))
    return [name(obj), *counts, nodes, ages.created(obj, now), *_template(obj), selector(spec.get("selector"))]


def controller_revision(obj: Object, now: int) -> list[Any]:
    """Name, Controller, Revision, Age."""
    owner = next((item for item in obj["metadata"].get("ownerReferences") or () if item.get("controller")), None)
    controller = NONE
    if owner is not None:
        group = owner["apiVersion"].rpartition("/")[0]
        kind = f"{owner['kind'].lower()}.{group}" if group else owner["kind"].lower()
        controller = f"{kind}/{owner['name']}"
    return [name(obj), controller, obj.get("revision", 0), ages.created(obj, now)]


def _counted(obj: Object, now: int) -> list[Any]:
    status = part(obj, "status")
    counts = [part(obj, "spec").get("replicas", 0), status.get("replicas", 0), status.get("readyReplicas", 0)]
    return [name(obj), *counts, ages.created(obj, now), *_template(obj)]


def _share(obj: Object) -> str:
    return f"{part(obj, 'status').get('readyReplicas', 0)}/{part(obj, 'spec').get('replicas', 0)}"


def _template(obj: Object) -> tuple[str, str]:
    return containers(part(obj, "spec", "template", "spec"))
