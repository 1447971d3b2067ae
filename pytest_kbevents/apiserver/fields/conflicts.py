"""Conflicts of an Apply: fields that it would change and that others own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pytest_kbevents.apiserver.fields import fieldset
from pytest_kbevents.apiserver.fields.entries import Entry
from pytest_kbevents.apiserver.fields.fieldset import FieldSet, Path
from pytest_kbevents.errors import Conflict


class Contested(NamedTuple):
    """One field, and who owns it."""

    owner: Entry
    path: Path


def contested(owners: Iterable[Entry], written: FieldSet) -> list[Contested]:
    """What of ``written`` the owners have, owner by owner."""
    ordered = sorted(owners, key=lambda owner: (owner.manager, owner.operation, owner.api_version, owner.subresource))
    return [
        Contested(owner, path)
        for owner in ordered
        for path in fieldset.paths(fieldset.intersection(owner.fields, written))
    ]


def refusal(conflicts: list[Contested]) -> Conflict:
    """The error, with a cause for every field."""
    causes = [
        {
            "reason": "FieldManagerConflict",
            "message": f"conflict with {conflict.owner.title}",
            "field": fieldset.text(conflict.path),
        }
        for conflict in conflicts
    ]
    return Conflict(_message(conflicts), details={"causes": causes})


def _message(conflicts: list[Contested]) -> str:
    if len(conflicts) == 1:
        owner, path = conflicts[0]
        return f"Apply failed with 1 conflict: conflict with {owner.title}: {fieldset.text(path)}"
    by_owner: dict[str, list[str]] = {}
    for owner, path in conflicts:
        by_owner.setdefault(owner.title, []).append(f"- {fieldset.text(path)}")
    lines = [line for title, fields in by_owner.items() for line in (f"conflicts with {title}:", *fields)]
    return f"Apply failed with {len(conflicts)} conflicts: " + "\n".join(lines)
