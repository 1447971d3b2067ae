"""The rules an object must keep, in the real server's words; each problem is a cause of one 422."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.api.objects import Object, labels_of, name_of, namespace_of
from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS, EVENTS, NAMESPACES, SERVICES, Resource
from pytest_kbevents.errors import Invalid

_REPORTED = {
    "reportingComponent": "reportingController",
    "reportingInstance": "reportingInstance",
    "action": "action",
    "reason": "reason",
}
"""What an Event with an eventTime must have, and how the real server spells it in an error."""
_LIMITS = {"reportingInstance": 128, "action": 128, "reason": 128, "message": 1024}
"""Bytes of these fields in an Event that has an eventTime."""

_LABEL = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?")
_DNS_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
_DNS_LABEL_1035 = re.compile(r"[a-z]([-a-z0-9]*[a-z0-9])?")
_DNS_SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
_SUBDOMAIN_RULE = (
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and "
    "end with an alphanumeric character"
)
_NAME_RULE = (
    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
    "character"
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
    """Raises Invalid, naming every broken rule."""
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
    for key, value in labels_of(obj).items():
        if not _is_qualified(key):
            yield _invalid("metadata.labels", key, _NAME_RULE)
        if not _LABEL.fullmatch(value) or len(value) > 63:
            yield _invalid("metadata.labels", value, _LABEL_RULE)


def _is_qualified(key: str) -> bool:
    """``name`` or ``subdomain/name``, as label keys are."""
    prefix, slash, name = key.rpartition("/")
    prefixed = not slash or bool(len(prefix) <= 253 and _DNS_SUBDOMAIN.fullmatch(prefix))
    return prefixed and bool(_LABEL.fullmatch(name)) and 0 < len(name) <= 63


def _name_pattern(resource: Resource) -> re.Pattern[str]:
    return {NAMESPACES: _DNS_LABEL, SERVICES: _DNS_LABEL_1035}.get(resource, _DNS_SUBDOMAIN)


def _event(obj: Object) -> Iterator[Cause]:
    """core/v1 Events: other rules with an eventTime than without (Kubernetes: legacyValidateEvent)."""
    namespace, involved = namespace_of(obj), (obj.get("involvedObject") or {}).get("namespace") or ""
    timed = bool(obj.get("eventTime"))
    homeless = ("default", "kube-system") if timed else ("default",)
    if (not involved and namespace not in homeless) or (involved and involved != namespace and not timed):
        yield _invalid("involvedObject.namespace", involved, "does not match event.namespace")
    if timed:
        yield from _timed_event(obj)


def _timed_event(obj: Object) -> Iterator[Cause]:
    for field, spelled in _REPORTED.items():
        if not obj.get(field):
            yield Cause("FieldValueRequired", spelled, "Required value")
    reporter = obj.get("reportingComponent") or ""
    if not _is_qualified(reporter):
        yield _invalid("reportingController", reporter, _NAME_RULE)
    for field, limit in _LIMITS.items():
        if len((obj.get(field) or "").encode("utf-8", "surrogatepass")) > limit:
            yield _invalid(field, "", f"can have at most {limit} characters")


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
    for index, version in enumerate(spec.get("versions") or []):
        if not version.get("name"):
            yield Cause("FieldValueRequired", f"spec.versions[{index}].name", "Required value")
    wanted = f"{names.get('plural')}.{spec.get('group')}"
    if name_of(obj) != wanted:
        yield _invalid("metadata.name", name_of(obj), 'must be spec.names.plural+"."+spec.group')


def _invalid(field: str, value: object, rule: str) -> Cause:
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    return Cause("FieldValueInvalid", field, f"Invalid value: {shown}: {rule}")


_EXTRA = {EVENTS.qualified: _event, CUSTOM_RESOURCE_DEFINITIONS.qualified: _definition}
