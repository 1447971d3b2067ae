"""Broken rules, one each, and the 422 that lists them all (Kubernetes: field.ErrorList)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.api.resources import Resource
from pytest_kbevents.apiserver import gotext
from pytest_kbevents.errors import Invalid


@dataclass(frozen=True, slots=True)
class Cause:
    """One broken rule, as ``details.causes`` lists it."""

    reason: str
    field: str
    message: str


def required(field: str, detail: str = "") -> Cause:
    """Nothing is there and something must be."""
    return Cause("FieldValueRequired", field, f"Required value: {detail}" if detail else "Required value")


def invalid(field: str, value: Any, detail: str) -> Cause:
    """The value breaks a rule."""
    return Cause("FieldValueInvalid", field, f"Invalid value: {shown(value)}: {detail}" if detail else _bare(value))


def unsupported(field: str, value: Any, supported: Iterable[str]) -> Cause:
    """The value is none of a fixed set; an empty set lists nothing."""
    names = ", ".join(f'"{name}"' for name in supported)
    more = f": supported values: {names}" if names else ""
    return Cause("FieldValueNotSupported", field, f"Unsupported value: {shown(value)}{more}")


def forbidden(field: str, detail: str) -> Cause:
    """The field may not be set, or not be changed, here."""
    return Cause("FieldValueForbidden", field, f"Forbidden: {detail}")


def duplicate(field: str, value: Any) -> Cause:
    """The value stands there already."""
    return Cause("FieldValueDuplicate", field, f"Duplicate value: {shown(value)}")


def too_long(field: str, limit: int) -> Cause:
    """More bytes than there may be."""
    return Cause("FieldValueTooLong", field, f"Too long: may not be more than {limit} bytes")


def not_found(field: str, value: Any) -> Cause:
    """The value names nothing that is there."""
    return Cause("FieldValueNotFound", field, f"Not found: {shown(value)}")


def shown(value: Any) -> str:
    """A value in a message: texts quoted, other scalars bare, the rest as JSON."""
    if isinstance(value, float):
        return gotext.number(value)
    return gotext.quoted(value) if isinstance(value, str) else gotext.json_of(value)


def refuse(resource: Resource, name: str, causes: Iterable[Cause]) -> None:
    """Raises Invalid with all causes, in its text each once; does nothing when there are none."""
    found = list(causes)
    if found:
        kind = f"{resource.kind}.{resource.group}" if resource.group else resource.kind
        raise Invalid(
            f'{kind} "{name}" is invalid: {listed(list(dict.fromkeys(found)))}',
            details={
                **({"name": name} if name else {}),
                **({"group": resource.group} if resource.group else {}),
                **({"kind": resource.kind} if resource.kind else {}),
                "causes": [{"reason": c.reason, "message": c.message, "field": c.field} for c in found],
            },
        )


def listed(causes: list[Cause]) -> str:
    """All causes in one text: several in brackets."""
    text = ", ".join(f"{cause.field}: {cause.message}" for cause in causes)
    return f"[{text}]" if len(causes) > 1 else text


def _bare(value: Any) -> str:
    return f"Invalid value: {shown(value)}"
