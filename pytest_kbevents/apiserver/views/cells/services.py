"""Services, and where they lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.views.cells import ages
from pytest_kbevents.apiserver.views.cells.texts import NONE, UNSET, few, labels, name, part


def service(obj: Object, now: int) -> list[Any]:
    """Name, Type, Cluster-IP, External-IP, Port(s), Age, Selector."""
    spec = part(obj, "spec")
    addresses = spec.get("clusterIPs") or [NONE]
    ports = ",".join(_port(port) for port in spec.get("ports") or ())
    external = _external(spec, part(obj, "status", "loadBalancer"))
    age, selector = ages.created(obj, now), labels(spec.get("selector"))
    return [name(obj), spec.get("type", ""), addresses[0], external, ports or NONE, age, selector]


def endpoints(obj: Object, now: int) -> list[Any]:
    """Name, Endpoints, Age."""
    return [name(obj), few(_addresses(obj), "") if obj.get("subsets") else NONE, ages.created(obj, now)]


def endpoint_slice(obj: Object, now: int) -> list[Any]:
    """Name, AddressType, Ports, Endpoints, Age."""
    ports = [str(port.get("port", port.get("name", "*"))) for port in obj.get("ports") or ()]
    found = [address for endpoint in obj.get("endpoints") or () for address in endpoint["addresses"]]
    return [name(obj), obj.get("addressType", ""), few(ports, UNSET), few(found, UNSET), ages.created(obj, now)]


def _port(port: Mapping[str, Any]) -> str:
    node = f":{port['nodePort']}" if port.get("nodePort") else ""
    return f"{port['port']}{node}/{port.get('protocol', '')}"


def _external(spec: Mapping[str, Any], balancer: Mapping[str, Any]) -> str:
    given = spec.get("externalIPs") or []
    match spec.get("type"):
        case "ClusterIP" | "NodePort":
            return ",".join(given) or NONE
        case "LoadBalancer":
            ingress = balancer.get("ingress") or ()
            found = {item.get("ip") or item.get("hostname") or "" for item in ingress} - {""}
            return ",".join([*sorted(found), *given]) or "<pending>"
        case "ExternalName":
            return str(spec.get("externalName", ""))
    return "<unknown>"


def _addresses(obj: Object) -> Iterator[str]:
    for subset in obj["subsets"]:
        found = [item["ip"] for item in subset.get("addresses") or ()]
        if not subset.get("ports"):
            yield from found
        for port in subset.get("ports") or ():
            yield from (f"[{ip}]:{port['port']}" if ":" in ip else f"{ip}:{port['port']}" for ip in found)
