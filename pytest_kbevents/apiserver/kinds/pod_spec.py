"""What a Pod's spec is filled up with and must keep, in a Pod and in the templates of Pods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.api.validity import dns_label
from pytest_kbevents.apiserver.validation.causes import Cause, duplicate, invalid, required, unsupported

_CONTAINER_LISTS = ("containers", "initContainers", "ephemeralContainers")
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_RESTART_POLICIES = ("Always", "OnFailure", "Never")
_DNS_POLICIES = ("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None")
_PULL_POLICIES = ("Always", "IfNotPresent", "Never")
_PROTOCOLS = ("SCTP", "TCP", "UDP")


def default(spec: dict[str, Any]) -> None:
    """Fill in a Pod's spec."""
    spec.setdefault("restartPolicy", "Always")
    spec.setdefault("terminationGracePeriodSeconds", 30)
    spec.setdefault("dnsPolicy", "ClusterFirst")
    spec.setdefault("securityContext", {})
    spec.setdefault("schedulerName", "default-scheduler")
    for field in _CONTAINER_LISTS:
        for container in spec.get(field) or ():
            _default_container(container, host=bool(spec.get("hostNetwork")))
    for volume in spec.get("volumes") or ():
        _default_volume(volume)
    if "serviceAccountName" in spec:
        spec["serviceAccount"] = spec["serviceAccountName"]
    elif "serviceAccount" in spec:
        spec["serviceAccountName"] = spec["serviceAccount"]


def _default_container(container: dict[str, Any], *, host: bool) -> None:
    container.setdefault("terminationMessagePath", "/dev/termination-log")
    container.setdefault("terminationMessagePolicy", "File")
    container.setdefault("imagePullPolicy", "Always" if _is_latest(container.get("image", "")) else "IfNotPresent")
    for port in container.get("ports") or ():
        port.setdefault("protocol", "TCP")
        if host and "hostPort" not in port:
            port["hostPort"] = port.get("containerPort", 0)
    for variable in container.get("env") or ():
        if reference := (variable.get("valueFrom") or {}).get("fieldRef"):
            reference.setdefault("apiVersion", "v1")
    for name in _PROBES:
        if name in container:
            _default_probe(container[name])
    resources = container.get("resources") or {}
    for name, limit in (resources.get("limits") or {}).items():
        resources.setdefault("requests", {}).setdefault(name, limit)


def _default_probe(probe: dict[str, Any]) -> None:
    for field, value in (
        ("timeoutSeconds", 1),
        ("periodSeconds", 10),
        ("successThreshold", 1),
        ("failureThreshold", 3),
    ):
        probe.setdefault(field, value)
    if "grpc" in probe and probe["grpc"].get("service") is None:
        probe["grpc"]["service"] = ""
    if "httpGet" in probe:
        probe["httpGet"].setdefault("path", "/")
        probe["httpGet"].setdefault("scheme", "HTTP")


def _default_volume(volume: dict[str, Any]) -> None:
    for source in ("configMap", "secret", "downwardAPI", "projected"):
        if source in volume:
            volume[source].setdefault("defaultMode", 0o644)
            _default_sources([volume[source], *(volume[source].get("sources") or ())])
    if "hostPath" in volume:
        volume["hostPath"].setdefault("type", "")
    if len(volume) == 1:
        volume["emptyDir"] = {}


def _default_sources(sources: list[dict[str, Any]]) -> None:
    for source in sources:
        if "serviceAccountToken" in source:
            source["serviceAccountToken"].setdefault("expirationSeconds", 3600)
        for item in (source.get("downwardAPI") or source).get("items") or ():
            if "fieldRef" in item:
                item["fieldRef"].setdefault("apiVersion", "v1")


def _is_latest(image: str) -> bool:
    name = image.partition("@")[0].rpartition("/")[2]
    return "@" not in image and (":" not in name or name.endswith(":latest"))


def validate(spec: Mapping[str, Any], field: str) -> Iterator[Cause]:
    """What is wrong with a Pod's spec."""
    seen: set[str] = set()
    volumes = [volume.get("name", "") for volume in spec.get("volumes") or ()]
    for index, name in enumerate(volumes):
        yield from _name(name, f"{field}.volumes[{index}].name", seen)
    if not spec.get("containers"):
        yield required(f"{field}.containers")
    seen = set()
    for part in ("containers", "initContainers"):
        for index, container in enumerate(spec.get(part) or ()):
            yield from _container(container, f"{field}.{part}[{index}]", seen, volumes)
    yield from _choice(spec.get("restartPolicy"), f"{field}.restartPolicy", _RESTART_POLICIES)
    yield from _choice(spec.get("dnsPolicy"), f"{field}.dnsPolicy", _DNS_POLICIES)
    if (grace := spec.get("terminationGracePeriodSeconds", 0)) < 0:
        yield invalid(f"{field}.terminationGracePeriodSeconds", grace, "must be greater than or equal to 0")


def _container(container: Mapping[str, Any], field: str, seen: set[str], volumes: list[str]) -> Iterator[Cause]:
    yield from _name(container.get("name", ""), f"{field}.name", seen)
    image = container.get("image", "")
    if not image:
        yield required(f"{field}.image")
    elif image != image.strip():
        yield invalid(f"{field}.image", image, "must not have leading or trailing whitespace")
    for index, port in enumerate(container.get("ports") or ()):
        yield from _port(port, f"{field}.ports[{index}]")
    for index, variable in enumerate(container.get("env") or ()):
        if not variable.get("name"):
            yield required(f"{field}.env[{index}].name")
    for index, mount in enumerate(container.get("volumeMounts") or ()):
        if not mount.get("name"):
            yield required(f"{field}.volumeMounts[{index}].name")
        elif mount["name"] not in volumes:
            yield Cause("FieldValueNotFound", f"{field}.volumeMounts[{index}].name", f'Not found: "{mount["name"]}"')
        if not mount.get("mountPath"):
            yield required(f"{field}.volumeMounts[{index}].mountPath")
    yield from _choice(container.get("imagePullPolicy"), f"{field}.imagePullPolicy", _PULL_POLICIES)


def _port(port: Mapping[str, Any], field: str) -> Iterator[Cause]:
    number = port.get("containerPort", 0)
    if number == 0:
        yield required(f"{field}.containerPort")
    elif not 0 < number < 65536:
        yield invalid(f"{field}.containerPort", number, "must be between 1 and 65535, inclusive")
    yield from _choice(port.get("protocol"), f"{field}.protocol", _PROTOCOLS)


def _name(name: str, field: str, seen: set[str]) -> Iterator[Cause]:
    if not name:
        yield required(field)
        return
    yield from (invalid(field, name, problem) for problem in dns_label(name))
    if name in seen:
        yield duplicate(field, name)
    seen.add(name)


def _choice(value: Any, field: str, supported: tuple[str, ...]) -> Iterator[Cause]:
    if value not in supported:
        yield unsupported(field, value, supported) if value else required(field)
