"""The rules an object must keep, in the real server's words; each problem is a cause of one 422."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.objects import Object, labels_of, name_of, namespace_of
from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS, EVENTS, NAMESPACES, SERVICES, Resource
from pytest_kbevents.errors import BadRequest, Invalid

MESSAGE_LIMIT = 1024
"""Bytes of ``message`` in an Event that has an eventTime (events.k8s.io's limit, which core/v1 then shares)."""

_LABEL = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?")
_DNS_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
_DNS_LABEL_1035 = re.compile(r"[a-z]([-a-z0-9]*[a-z0-9])?")
_DNS_SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
_SUBDOMAIN_RULE = (
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and "
    "end with an alphanumeric character"
)
_LABEL_RULE = (
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and "
    "end with an alphanumeric character"
)


@dataclass(frozen=True, slots=True)
class Cause:
    """One broken rule, as ``details.causes`` lists it."""

    reason: str
    field: str
    message: str


def check(resource: Resource, obj: Object) -> None:
    """Raises Invalid, naming every broken rule; BadRequest when a time cannot be read at all."""
    if resource == EVENTS:
        _readable_times(obj)
    causes = [*_metadata(resource, obj), *_EXTRA.get(resource.qualified, lambda _: iter(()))(obj)]
    if not causes:
        return
    name = name_of(obj)
    text = ", ".join(f"{cause.field}: {cause.message}" for cause in causes)
    details: dict[str, Any] = {"name": name, "kind": resource.kind}
    if resource.group:
        details["group"] = resource.group
    details["causes"] = [{"reason": c.reason, "message": c.message, "field": c.field} for c in causes]
    kind = f"{resource.kind}.{resource.group}" if resource.group else resource.kind
    message = f"[{text}]" if len(causes) > 1 else text
    raise Invalid(f'{kind} "{name}" is invalid: {message}', details=details)


def _metadata(resource: Resource, obj: Object) -> Iterator[Cause]:
    name = name_of(obj)
    if not name:
        yield Cause("FieldValueRequired", "metadata.name", "Required value: name or generateName is required")
    elif not _name_pattern(resource).fullmatch(name) or len(name) > 253:
        yield _invalid("metadata.name", name, _SUBDOMAIN_RULE)
    for value in labels_of(obj).values():
        if not isinstance(value, str) or not _LABEL.fullmatch(value) or len(value) > 63:
            yield _invalid("metadata.labels", value, _LABEL_RULE)


def _name_pattern(resource: Resource) -> re.Pattern[str]:
    return {NAMESPACES: _DNS_LABEL, SERVICES: _DNS_LABEL_1035}.get(resource, _DNS_SUBDOMAIN)


def _event(obj: Object) -> Iterator[Cause]:
    """core/v1 Events: with an eventTime the stricter rules of events.k8s.io hold."""
    involved = (obj.get("involvedObject") or {}).get("namespace", "")
    if involved != namespace_of(obj) and not (not involved and namespace_of(obj) == "default"):
        yield _invalid("involvedObject.namespace", involved, "does not match event.namespace")
    if not obj.get("eventTime"):
        return
    for field in ("reportingComponent", "reportingInstance", "action", "reason"):
        if not obj.get(field):
            spelled = "reportingController" if field == "reportingComponent" else field
            yield Cause("FieldValueRequired", spelled, "Required value")
    message = obj.get("message") or ""
    if len(message.encode("utf-8", "surrogatepass")) > MESSAGE_LIMIT:
        yield _invalid("message", "", f"can have at most {MESSAGE_LIMIT} characters")


def _readable_times(obj: Object) -> None:
    for field in ("eventTime", "firstTimestamp", "lastTimestamp"):
        try:
            times.parse_optional(obj.get(field))
        except (ValueError, TypeError) as error:
            problem = f'Event in version "v1" cannot be handled as a Event: parsing time of {field}: {error}'
            raise BadRequest(problem) from None


def _definition(obj: Object) -> Iterator[Cause]:
    spec = obj.get("spec") or {}
    names = spec.get("names") or {}
    for path, value in (
        ("spec.group", spec.get("group")),
        ("spec.versions", spec.get("versions")),
        ("spec.names.plural", names.get("plural")),
        ("spec.names.kind", names.get("kind")),
        ("spec.scope", spec.get("scope")),
    ):
        if not value:
            yield Cause("FieldValueRequired", path, "Required value")
    wanted = f"{names.get('plural')}.{spec.get('group')}"
    if name_of(obj) != wanted:
        yield _invalid("metadata.name", name_of(obj), 'must be spec.names.plural+"."+spec.group')


def _invalid(field: str, value: object, rule: str) -> Cause:
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    return Cause("FieldValueInvalid", field, f"Invalid value: {shown}: {rule}")


_EXTRA = {EVENTS.qualified: _event, CUSTOM_RESOURCE_DEFINITIONS.qualified: _definition}
