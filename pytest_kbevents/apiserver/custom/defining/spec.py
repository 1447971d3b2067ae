"""What is wrong with a definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.custom.defining import (
    conversion,
    defaults,
    naming,
    nodes,
    printed,
    structure,
    surface,
    words,
)
from pytest_kbevents.apiserver.custom.defining.internal import Parts, Spec
from pytest_kbevents.apiserver.custom.defining.words import Context
from pytest_kbevents.apiserver.validation.causes import Cause, forbidden, invalid, required, unsupported

_SCOPES = ("Cluster", "Namespaced")
_AT_ROOT = (
    "Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern "
    "MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example "
    "XPreserveUnknownFields XValidations"
)
_PRESERVED = "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead"
_NOT_FOR_STATUS = f"only [{_AT_ROOT}] fields are allowed at the root of the schema if the status subresource is enabled"
_OBJECT_FOR_STATUS = (
    'only "object" is allowed as the type at the root of the schema if the status subresource is enabled'
)


def check(spec: Mapping[str, Any], *, established: bool) -> Iterator[Cause]:
    """What is wrong with a spec; what is served already is looked at more closely."""
    kept, names = Spec.of(spec), spec.get("names") or {}
    yield from naming.group(spec.get("group") or "")
    yield from _scope(spec.get("scope"))
    yield from _schemas_missing(kept)
    preserves, converts = bool(spec.get("preserveUnknownFields")), (spec.get("conversion") or {}).get("strategy")
    if preserves and any(
        nodes.has_default((parts.schema or {}).get("openAPIV3Schema")) for parts in (kept.common, *kept.versions)
    ):
        yield invalid("spec.preserveUnknownFields", True, "must be false in order to use defaults in the schema")
    for source, parts in zip(kept.sources, kept.versions, strict=True):
        yield from naming.label(parts.name, f"{parts.place}.name")
        yield from naming.deprecation(source, parts.place)
        yield from _parts(parts, has_status=(parts if _own_subresources(kept) else kept.common).has_status)
    yield from _versions(kept)
    yield from naming.missing(names)
    yield from naming.names(names, "spec.names")
    yield from _parts(kept.common, has_status=any(parts.has_status for parts in (kept.common, *kept.versions)))
    if preserves and converts not in (None, "None"):
        yield invalid("spec.conversion.strategy", converts, "must be None if spec.preserveUnknownFields is true")
    yield from conversion.check(spec.get("conversion"), established=established)


def preserving(spec: Mapping[str, Any]) -> Iterator[Cause]:
    """What is wrong with a definition that would keep what no schema names."""
    if spec.get("preserveUnknownFields"):
        yield invalid("spec.preserveUnknownFields", True, _PRESERVED)


def stored(versions: list[str] | None, spec: Mapping[str, Any]) -> Iterator[Cause]:
    """What is wrong with the versions that objects are, or were, stored in."""
    place = "status.storedVersions"
    if not versions:
        yield invalid(place, None, "must have at least one stored version")
        return
    given = spec.get("versions") or ()
    for version in given:
        if version.get("storage") and version["name"] not in versions:
            yield invalid(place, versions, f"must have the storage version {version['name']}")
    names = {version["name"] for version in given}
    for index, name in enumerate(versions):
        if name not in names:
            past = (
                f"missing from spec.versions; {name} was previously a storage version, and must remain in spec.versions"
            )
            told = f"{past} until a storage migration ensures no data remains persisted in {name} and removes {name}"
            yield invalid(f"{place}[{index}]", name, f"{told} from status.storedVersions")


def _scope(scope: str | None) -> Iterator[Cause]:
    if not scope:
        yield required("spec.scope")
    elif scope not in _SCOPES:
        yield unsupported("spec.scope", scope, _SCOPES)


def _schemas_missing(kept: Spec) -> Iterator[Cause]:
    if (kept.common.schema or {}).get("openAPIV3Schema") is None:
        for parts in kept.versions:
            if (parts.schema or {}).get("openAPIV3Schema") is None:
                yield required(f"{parts.place}.schema.openAPIV3Schema")


def _versions(kept: Spec) -> Iterator[Cause]:
    names = [parts.name for parts in kept.versions]
    shown = gotext.json_of(printed.versions(kept.sources))
    problems = []
    if len(set(names)) < len(names):
        problems.append("must contain unique version names")
    if sum(1 for source in kept.sources if source.get("storage")) != 1:
        problems.append("must have exactly one version marked as storage version")
    for told in problems:
        yield Cause("FieldValueInvalid", "spec.versions", f"Invalid value: {shown}: {told}")
    if names and names[0]:
        yield from naming.label(names[0], "spec.version")


def _own_subresources(kept: Spec) -> bool:
    return any(parts.subresources is not None for parts in kept.versions)


def _parts(parts: Parts, *, has_status: bool) -> Iterator[Cause]:
    schema = (parts.schema or {}).get("openAPIV3Schema")
    if schema is not None:
        yield from _schema(schema, f"{parts.schema_field}.openAPIV3Schema", has_status=has_status)
    yield from surface.subresources(parts.subresources, f"{parts.place}.subresources")
    yield from surface.columns(parts.columns, f"{parts.place}.additionalPrinterColumns")
    yield from surface.selectable(parts)


def _schema(schema: Mapping[str, Any], place: str, *, has_status: bool) -> Iterator[Cause]:
    said = list(_root(schema, place)) if has_status else []
    if schema.get("nullable"):
        said.append(forbidden(f"{place}.nullable", "nullable cannot be true at the root"))
    unreadable = nodes.unreadable(schema)
    broken = [] if unreadable else structure.check(schema, place) or list(defaults.check(schema, place))
    context = Context(place, root=True, rules=not broken and not unreadable)
    found = words.check(schema, context)
    said += [*broken, *found.words, *found.rules]
    if unreadable and not said:
        said.append(invalid(place, "", unreadable))
    yield from [*said, *context.budget.overdrawn(place)]


def _root(schema: Mapping[str, Any], place: str) -> Iterator[Cause]:
    """With a status subresource the root says nothing that would be lost for a status alone."""
    allowed = _AT_ROOT.split()
    for word in printed.words(schema):
        if word == "Type" and schema["type"] != "object":
            yield invalid(f"{place}.type", schema["type"], _OBJECT_FOR_STATUS)
            return
        if word not in allowed:
            shown = gotext.json_of(printed.schema(schema))
            yield Cause("FieldValueInvalid", place, f"Invalid value: {shown}: {_NOT_FOR_STATUS}")
            return
