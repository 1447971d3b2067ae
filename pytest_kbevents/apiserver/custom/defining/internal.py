"""A definition as the real server keeps it: what all versions have in common stands once, above them.

Errors name fields of this form, so that what is wrong with the schema of a definition's one version is said of
``spec.validation``, not of ``spec.versions[0].schema``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PARTS = ("schema", "subresources", "additionalPrinterColumns", "selectableFields")
"""What each version can have of its own."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What belongs to one version, or to all; empty where it is the others' matter."""

    place: str
    """The path of what has them."""
    schema: Mapping[str, Any] | None = None
    subresources: Mapping[str, Any] | None = None
    columns: list[Mapping[str, Any]] = field(default_factory=list)
    selectable: list[Mapping[str, Any]] = field(default_factory=list)
    name: str = ""
    """The version's."""

    @property
    def schema_field(self) -> str:
        """The path of the schema."""
        return f"{self.place}.schema" if "[" in self.place else f"{self.place}.validation"

    @property
    def has_status(self) -> bool:
        """There is a status subresource."""
        return "status" in (self.subresources or {})


@dataclass(frozen=True, slots=True)
class Spec:
    """A definition's spec."""

    common: Parts
    versions: list[Parts]
    sources: list[Mapping[str, Any]]
    """The versions as they are given, without what they have in common."""

    @classmethod
    def of(cls, spec: Mapping[str, Any]) -> Spec:
        """The spec as it is kept."""
        given: list[Mapping[str, Any]] = list(spec.get("versions") or ())
        shared = {part: given[0].get(part) for part in PARTS if given and _alike(given, part)}
        sources = [_without(version, shared) for version in given]
        versions = [_parts(source, f"spec.versions[{index}]") for index, source in enumerate(sources)]
        return cls(_parts(shared, "spec"), versions, sources)


def _alike(versions: list[Mapping[str, Any]], part: str) -> bool:
    return all((version.get(part) or None) == (versions[0].get(part) or None) for version in versions)


def _without(version: Mapping[str, Any], shared: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in version.items() if key not in shared}


def _parts(source: Mapping[str, Any], place: str) -> Parts:
    schema, subresources, columns, selectable = (source.get(part) for part in PARTS)
    return Parts(place, schema, subresources, columns or [], selectable or [], source.get("name", ""))
