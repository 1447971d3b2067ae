"""Services."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from pytest_kbevents.api import validity
from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.kinds.rules import COMMON_FIELDS, Fresh, Moment, Rules
from pytest_kbevents.apiserver.validation import metadata
from pytest_kbevents.apiserver.validation.addresses import NO_ADDRESS, is_address
from pytest_kbevents.apiserver.validation.causes import Cause, duplicate, forbidden, invalid, required, unsupported

_TYPES = ("ClusterIP", "ExternalName", "LoadBalancer", "NodePort")
_NETWORK = "10.0."
"""Where cluster addresses come from."""
NODE_PORTS = (30000, 32767)


class ServiceRules(Rules):
    """A Service: its address is the server's to give and cannot be changed."""

    returns_deleted = True
    fields: ClassVar[tuple[str, ...]] = (*COMMON_FIELDS, "spec.clusterIP", "spec.type")

    def name_problems(self, name: str) -> Iterable[str]:
        return validity.dns_label(name)

    def default(self, obj: Fresh) -> None:
        spec = obj["spec"]
        spec.setdefault("sessionAffinity", "None")
        if spec["sessionAffinity"] == "ClientIP":
            spec.setdefault("sessionAffinityConfig", {"clientIP": {"timeoutSeconds": 10800}})
        spec.setdefault("type", "ClusterIP")
        for port in spec.get("ports") or ():
            port.setdefault("protocol", "TCP")
            if port.get("targetPort") in (None, 0, ""):
                port["targetPort"] = port.get("port", 0)
        if spec["type"] in ("NodePort", "LoadBalancer"):
            spec.setdefault("externalTrafficPolicy", "Cluster")
        if spec["type"] == "LoadBalancer":
            spec.setdefault("allocateLoadBalancerNodePorts", True)
        if spec["type"] != "ExternalName":
            spec.setdefault("internalTrafficPolicy", "Cluster")
        for ingress in obj["status"]["loadBalancer"].get("ingress") or ():
            if "ip" in ingress:
                ingress.setdefault("ipMode", "VIP")

    def begin(self, obj: Fresh, moment: Moment) -> None:
        spec = obj["spec"]
        obj["status"] = {"loadBalancer": {}}
        if spec["type"] != "ExternalName":
            address = spec.get("clusterIP") or _address(moment)
            both = address == "None" and not spec.get("selector")
            families, policy = (["IPv4", "IPv6"], "RequireDualStack") if both else (["IPv4"], "SingleStack")
            spec |= {"clusterIP": address, "clusterIPs": [address], "ipFamilies": families}
            spec["ipFamilyPolicy"] = spec.get("ipFamilyPolicy", policy)
        if spec["type"] in ("NodePort", "LoadBalancer"):
            for port in spec.get("ports") or ():
                if not port.get("nodePort"):
                    port["nodePort"] = _node_port(moment)

    def change(self, obj: Fresh, old: Object, moment: Moment) -> None:
        """What the server gave stays when an update leaves it out."""
        spec, before = obj["spec"], old["spec"]
        obj["status"] = old["status"]
        if spec["type"] == "ExternalName":
            return
        for field in ("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"):
            if not spec.get(field) and field in before:
                spec[field] = before[field]
        given = {(port.get("port"), port.get("protocol")): port.get("nodePort") for port in before.get("ports") or ()}
        if spec["type"] in ("NodePort", "LoadBalancer"):
            for port in spec.get("ports") or ():
                if not port.get("nodePort"):
                    port["nodePort"] = given.get((port.get("port"), port.get("protocol"))) or _node_port(moment)

    def validate(self, obj: Object) -> Iterator[Cause]:
        spec = obj["spec"]
        if not spec.get("ports") and spec.get("clusterIP") != "None" and spec["type"] != "ExternalName":
            yield required("spec.ports")
        if spec["type"] not in _TYPES:
            yield unsupported("spec.type", spec["type"], _TYPES)
        if spec["type"] == "ExternalName" and not spec.get("externalName"):
            yield required("spec.externalName")
        if spec["sessionAffinity"] not in ("ClientIP", "None"):
            yield unsupported("spec.sessionAffinity", spec["sessionAffinity"], ("ClientIP", "None"))
        yield from _ports(spec.get("ports") or ())
        yield from _addresses(spec)
        for index, port in enumerate(spec.get("ports") or ()):
            if port.get("nodePort") and spec["type"] in ("ClusterIP", "ExternalName"):
                rule = f"may not be used when `type` is '{spec['type']}'"
                yield forbidden(f"spec.ports[{index}].nodePort", rule)
        yield from metadata.labels(spec.get("selector") or {}, "spec.selector")

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        spec, before = obj["spec"], old["spec"]
        changes = spec.get("clusterIP") != before.get("clusterIP")
        if changes and "ExternalName" not in (spec["type"], before["type"]):
            addresses = spec.get("clusterIPs")
            yield invalid("spec.clusterIPs[0]", addresses, "may not change once set")


def _addresses(spec: Mapping[str, Any]) -> Iterator[Cause]:
    address = spec.get("clusterIP", "")
    if address in ("", "None") or spec["type"] == "ExternalName":
        return
    if not is_address(address):
        yield invalid("spec.clusterIPs[0]", address, NO_ADDRESS)
    elif not address.startswith(_NETWORK):
        rule = f"failed to allocate IP {address}: the provided network does not match the current range"
        yield invalid("spec.clusterIPs", [address], rule)


def _ports(ports: Any) -> Iterator[Cause]:
    seen: set[str] = set()
    for index, port in enumerate(ports):
        field = f"spec.ports[{index}]"
        yield from _port(port, field, named=len(ports) > 1)
        if name := port.get("name", ""):
            if name in seen:
                yield duplicate(f"{field}.name", name)
            seen.add(name)
    taken: set[tuple[Any, Any]] = set()
    for index, port in enumerate(ports):
        key = (port.get("protocol"), port.get("port"))
        if key in taken:
            shown = {
                "Name": "",
                "Protocol": key[0],
                "AppProtocol": None,
                "Port": key[1],
                "TargetPort": 0,
                "NodePort": 0,
            }
            yield duplicate(f"spec.ports[{index}]", shown)
        taken.add(key)


def _port(port: Mapping[str, Any], field: str, *, named: bool) -> Iterator[Cause]:
    name, number, target = port.get("name", ""), port.get("port", 0), port.get("targetPort", 0)
    if named and not name:
        yield required(f"{field}.name")
    elif name:
        yield from (invalid(f"{field}.name", name, problem) for problem in validity.dns_label(name))
    if not 0 < number < 65536:
        yield invalid(f"{field}.port", number, "must be between 1 and 65535, inclusive")
    if port.get("protocol") not in ("SCTP", "TCP", "UDP"):
        yield unsupported(f"{field}.protocol", port.get("protocol"), ("SCTP", "TCP", "UDP"))
    if isinstance(target, int) and not 0 < target < 65536:
        yield invalid(f"{field}.targetPort", target, "must be between 1 and 65535, inclusive")


def _address(moment: Moment) -> str:
    high, low = divmod(1 + int(moment.identity.uid()[:4], 16) % 65533, 256)
    return f"{_NETWORK}{high}.{low}"


def _node_port(moment: Moment) -> int:
    first, last = NODE_PORTS
    return first + int(moment.identity.uid()[:4], 16) % (last - first + 1)
