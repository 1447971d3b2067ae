"""CustomResourceDefinitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.api.objects import Object, name_of
from pytest_kbevents.apiserver.kinds.rules import Fresh, Moment, Rules
from pytest_kbevents.apiserver.validation.causes import Cause, invalid, required, unsupported
from pytest_kbevents.apiserver.validation.metadata import IMMUTABLE

_ONE_STORAGE = "must have exactly one version marked as storage version"
_TYPES = ("array", "boolean", "integer", "number", "object", "string")


class DefinitionRules(Rules):
    """A CustomResourceDefinition."""

    counts_generations = True
    returns_deleted = False

    def default(self, obj: Fresh) -> None:
        spec = obj["spec"]
        names = spec["names"]
        if names.get("kind"):
            names.setdefault("singular", names["kind"].lower())
            names.setdefault("listKind", f"{names['kind']}List")
        spec.setdefault("conversion", {"strategy": "None"})

    def begin(self, obj: Fresh, moment: Moment) -> None:
        del moment
        stored = [version["name"] for version in obj["spec"].get("versions") or () if version["storage"]]
        obj["status"] = {"conditions": None, "acceptedNames": {"plural": "", "kind": ""}, "storedVersions": stored[:1]}

    def change(self, obj: Fresh, old: Object, moment: Moment) -> None:
        del moment
        stored = [version["name"] for version in obj["spec"].get("versions") or () if version["storage"]]
        before = old["status"].get("storedVersions") or []
        obj["status"] = {**old["status"], "storedVersions": [*before, *(name for name in stored if name not in before)]}

    def validate(self, obj: Object) -> Iterator[Cause]:
        spec, names = obj["spec"], obj["spec"]["names"]
        if name_of(obj) != f"{names.get('plural', '')}.{spec.get('group', '')}":
            yield invalid("metadata.name", name_of(obj), 'must be spec.names.plural+"."+spec.group')
        yield from _group(spec.get("group", ""))
        if not spec.get("scope"):
            yield required("spec.scope")
        elif spec["scope"] not in ("Cluster", "Namespaced"):
            yield unsupported("spec.scope", spec["scope"], ("Cluster", "Namespaced"))
        versions = spec.get("versions") or ()
        for index, version in enumerate(versions):
            yield from _version(version, f"spec.versions[{index}]")
        if sum(1 for version in versions if version["storage"]) != 1:
            yield invalid("spec.versions", versions or None, _ONE_STORAGE)
        for field in ("plural", "singular", "kind", "listKind"):
            if not names.get(field):
                yield required(f"spec.names.{field}")
        if names.get("kind") and names.get("kind") == names.get("listKind"):
            yield invalid("spec.names.listKind", names["listKind"], "kind and listKind may not be the same")
        if not obj["status"].get("storedVersions"):
            yield invalid("status.storedVersions", None, "must have at least one stored version")

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        for field in ("group", "scope"):
            if obj["spec"].get(field) != old["spec"].get(field):
                yield invalid(f"spec.{field}", obj["spec"].get(field), IMMUTABLE)
        for field in ("plural", "kind"):
            if obj["spec"]["names"].get(field) != old["spec"]["names"].get(field):
                yield invalid(f"spec.names.{field}", obj["spec"]["names"].get(field), IMMUTABLE)


def _group(group: str) -> Iterator[Cause]:
    if not group:
        yield required("spec.group")
    elif "." not in group:
        yield invalid("spec.group", group, "should be a domain with at least one dot")


def _version(version: Mapping[str, Any], field: str) -> Iterator[Cause]:
    schema = (version.get("schema") or {}).get("openAPIV3Schema")
    if schema is None:
        yield required(f"{field}.schema.openAPIV3Schema")
        return
    at = f"{field}.schema.openAPIV3Schema"
    if not schema.get("type"):
        yield required(f"{at}.type", "must not be empty at the root")
    elif schema["type"] != "object":
        yield invalid(f"{at}.type", schema["type"], "must be object at the root")
    yield from _node(schema, at)


def _node(schema: Mapping[str, Any], field: str) -> Iterator[Cause]:
    """What makes a schema structural: every value has a type, and lists have items."""
    if (kind := schema.get("type")) and kind not in _TYPES:
        yield unsupported(f"{field}.type", kind, _TYPES)
    if kind == "array" and not isinstance(schema.get("items"), Mapping):
        yield required(f"{field}.items", "must be specified")
    for name, part in (schema.get("properties") or {}).items():
        yield from _typed(part, f"{field}.properties[{name}]", "must not be empty for specified object fields")
    if isinstance(schema.get("items"), Mapping):
        yield from _typed(schema["items"], f"{field}.items", "must not be empty for specified array items")
    if isinstance(schema.get("additionalProperties"), Mapping):
        yield from _typed(
            schema["additionalProperties"],
            f"{field}.additionalProperties",
            "must not be empty for specified object fields",
        )


def _typed(schema: Mapping[str, Any], field: str, rule: str) -> Iterator[Cause]:
    free = schema.get("x-kubernetes-int-or-string") or schema.get("x-kubernetes-preserve-unknown-fields")
    if not schema.get("type") and not free:
        yield required(f"{field}.type", rule)
    yield from _node(schema, field)
