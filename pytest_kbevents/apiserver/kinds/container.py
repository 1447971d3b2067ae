"""What a container must keep, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pytest_kbevents.api.validity import dns_label
from pytest_kbevents.apiserver.schemas import quantity
from pytest_kbevents.apiserver.validation.causes import Cause, duplicate, invalid, not_found, required, unsupported

PULL_POLICIES = ("Always", "IfNotPresent", "Never")
PROTOCOLS = ("SCTP", "TCP", "UDP")
PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc")
_COUNTS = ("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")
_ENVIRONMENT = "a valid environment variable name must consist only of printable ASCII characters other than '='"


def validate(container: Mapping[str, Any], field: str, seen: set[str], volumes: list[str]) -> Iterator[Cause]:
    """What is wrong with a container; ``seen`` are the names before it, ``volumes`` those that it may mount."""
    yield from named(container.get("name", ""), f"{field}.name", seen)
    image = container.get("image", "")
    if not image:
        yield required(f"{field}.image")
    elif image != image.strip():
        yield invalid(f"{field}.image", image, "must not have leading or trailing whitespace")
    yield from _ports(container.get("ports") or (), f"{field}.ports")
    for index, variable in enumerate(container.get("env") or ()):
        yield from _variable(variable.get("name", ""), f"{field}.env[{index}].name")
    for index, mount in enumerate(container.get("volumeMounts") or ()):
        yield from _mount(mount, f"{field}.volumeMounts[{index}]", volumes)
    for name in PROBES:
        if name in container:
            yield from _probe(container[name], f"{field}.{name}")
    yield from choice(container.get("imagePullPolicy"), f"{field}.imagePullPolicy", PULL_POLICIES)
    yield from _resources(container.get("resources") or {}, f"{field}.resources")


def named(name: str, field: str, seen: set[str]) -> Iterator[Cause]:
    """What is wrong with the name of a thing that must not be named twice."""
    if not name:
        yield required(field)
        return
    yield from (invalid(field, name, problem) for problem in dns_label(name))
    if name in seen:
        yield duplicate(field, name)
    seen.add(name)


def choice(value: Any, field: str, supported: tuple[str, ...]) -> Iterator[Cause]:
    """What is wrong with a value that must be one of a few."""
    if value not in supported:
        yield unsupported(field, value, supported) if value else required(field)


def _ports(ports: Any, field: str) -> Iterator[Cause]:
    names: set[str] = set()
    for index, port in enumerate(ports):
        at = f"{field}[{index}]"
        number = port.get("containerPort", 0)
        if number == 0:
            yield required(f"{at}.containerPort")
        elif not 0 < number < 65536:
            yield invalid(f"{at}.containerPort", number, "must be between 1 and 65535, inclusive")
        yield from choice(port.get("protocol"), f"{at}.protocol", PROTOCOLS)
        if name := port.get("name"):
            if name in names:
                yield duplicate(f"{at}.name", name)
            names.add(name)


def _variable(name: str, field: str) -> Iterator[Cause]:
    if not name:
        yield required(field)
    elif "=" in name or not (name.isascii() and name.isprintable()):
        yield invalid(field, name, _ENVIRONMENT)


def _mount(mount: Mapping[str, Any], field: str, volumes: list[str]) -> Iterator[Cause]:
    if not mount.get("name"):
        yield required(f"{field}.name")
    elif mount["name"] not in volumes:
        yield not_found(f"{field}.name", mount["name"])
    if not mount.get("mountPath"):
        yield required(f"{field}.mountPath")


def _probe(probe: Mapping[str, Any], field: str) -> Iterator[Cause]:
    if not any(handler in probe for handler in _HANDLERS):
        yield required(field, "must specify a handler type")
    for name in _COUNTS:
        if probe.get(name, 0) < 0:
            yield invalid(f"{field}.{name}", probe[name], "must be greater than or equal to 0")


def _resources(resources: Mapping[str, Any], field: str) -> Iterator[Cause]:
    limits = resources.get("limits") or {}
    for part in ("limits", "requests"):
        for name, amount in (resources.get(part) or {}).items():
            if quantity.amount(amount) < Decimal(0):
                yield invalid(f"{field}.{part}[{name}]", amount, "must be greater than or equal to 0")
            elif part == "requests" and name in limits and quantity.amount(amount) > quantity.amount(limits[name]):
                rule = f"must be less than or equal to {name} limit of {limits[name]}"
                yield invalid(f"{field}.requests", amount, rule)
