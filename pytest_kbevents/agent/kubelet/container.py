"""What the kubelet gives a container: its environment, out of the Pod and of ConfigMaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pytest_kbevents.api.objects import Object, name_of, namespace_of, uid_of

Data = Callable[[str], Mapping[str, str]]
"""The data of a ConfigMap of the Pod's namespace, by name; empty when there is none."""


def container_of(pod: Object, name: str) -> Object | None:
    """One of the Pod's containers, of either sort."""
    spec = pod.get("spec", {})
    containers = [*(spec.get("initContainers") or ()), *(spec.get("containers") or ())]
    return next((container for container in containers if container["name"] == name), None)


def environ(pod: Object, container: Object, data: Data) -> dict[str, str]:
    """What its process finds. A variable of its own wins over one that comes with a whole ConfigMap. Raises what
    ``data`` does.
    """
    found: dict[str, str] = {}
    for source in container.get("envFrom") or ():
        found |= data(source.get("configMapRef", {}).get("name", ""))
    return found | {entry["name"]: _value(pod, entry) for entry in container.get("env") or ()}


def port_of(pod: Object, container: str, name: str) -> int | None:
    """A port by its name."""
    found = container_of(pod, container) or {}
    return next((port["containerPort"] for port in found.get("ports") or () if port.get("name") == name), None)


def address_of(pod: Object) -> str:
    """The Pod's IP: the one that it has, or the one that it will get, which is made of its ordinal."""
    digits = name_of(pod).rpartition("-")[2]
    ordinal = int(digits) if digits.isascii() and digits.isdigit() else len(name_of(pod))
    return str(pod.get("status", {}).get("podIP") or f"10.0.{ordinal // 250 % 250}.{ordinal % 250 + 1}")


def _value(pod: Object, entry: Mapping[str, Any]) -> str:
    path = entry.get("valueFrom", {}).get("fieldRef", {}).get("fieldPath", "")
    fields = {
        "metadata.name": name_of(pod),
        "metadata.namespace": namespace_of(pod),
        "metadata.uid": uid_of(pod),
        "spec.nodeName": pod.get("spec", {}).get("nodeName", ""),
    }
    return fields.get(path, "") if path else str(entry.get("value", ""))
