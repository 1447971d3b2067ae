"""What a Pod's spec is filled up with and must keep, in a Pod and in the templates of Pods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.api.validity import dns_label
from pytest_kbevents.apiserver.kinds import container
from pytest_kbevents.apiserver.kinds.container import PROBES, choice
from pytest_kbevents.apiserver.validation import metadata
from pytest_kbevents.apiserver.validation.causes import Cause, forbidden, invalid, required

_CONTAINER_LISTS = ("containers", "initContainers", "ephemeralContainers")
_RESTART_POLICIES = ("Always", "OnFailure", "Never")
_DNS_POLICIES = ("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None")


def default(spec: dict[str, Any]) -> None:
    """Fill in a Pod's spec."""
    spec.setdefault("restartPolicy", "Always")
    spec.setdefault("terminationGracePeriodSeconds", 30)
    if spec["terminationGracePeriodSeconds"] < 0:
        spec["terminationGracePeriodSeconds"] = 1
    spec.setdefault("dnsPolicy", "ClusterFirst")
    spec.setdefault("securityContext", {})
    spec.setdefault("schedulerName", "default-scheduler")
    for field in _CONTAINER_LISTS:
        for item in spec.get(field) or ():
            _default_container(item, host=bool(spec.get("hostNetwork")))
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
    for name in PROBES:
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
    yield from _volumes(spec.get("volumes") or (), f"{field}.volumes")
    if not spec.get("containers"):
        yield required(f"{field}.containers")
    volumes = [volume.get("name", "") for volume in spec.get("volumes") or ()]
    seen: set[str] = set()
    for part in ("containers", "initContainers"):
        for index, item in enumerate(spec.get(part) or ()):
            yield from container.validate(item, f"{field}.{part}[{index}]", seen, volumes)
    yield from choice(spec.get("restartPolicy"), f"{field}.restartPolicy", _RESTART_POLICIES)
    yield from choice(spec.get("dnsPolicy"), f"{field}.dnsPolicy", _DNS_POLICIES)
    yield from metadata.labels(spec.get("nodeSelector") or {}, f"{field}.nodeSelector")
    for name in ("hostname", "subdomain"):
        if name in spec:
            yield from (invalid(f"{field}.{name}", spec[name], problem) for problem in dns_label(spec[name]))
    for index, toleration in enumerate(spec.get("tolerations") or ()):
        yield from _toleration(toleration, f"{field}.tolerations[{index}]")


def _volumes(volumes: Any, field: str) -> Iterator[Cause]:
    seen: set[str] = set()
    for index, volume in enumerate(volumes):
        name, *sources = volume.get("name", ""), *(key for key in volume if key != "name")
        found = list(container.named(name, f"{field}[{index}].name", seen))
        rule = "may not specify more than 1 volume type"
        found += [forbidden(f"{field}[{index}].{source}", rule) for source in sorted(sources)[1:]]
        yield from found
        if found:
            seen.discard(name)  # only a volume that is sound takes its name


def _toleration(toleration: Mapping[str, Any], field: str) -> Iterator[Cause]:
    if toleration.get("operator") == "Exists" and toleration.get("value"):
        rule = "value must be empty when `operator` is 'Exists'"
        yield invalid(f"{field}.operator", toleration["value"], rule)
    if not toleration.get("key") and toleration.get("operator") != "Exists":
        rule = 'operator must be Exists when `key` is empty, which means "match all values and all keys"'
        yield invalid(f"{field}.operator", toleration.get("operator", ""), rule)
