"""CustomResourceDefinitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_kbevents.api.objects import Object, name_of
from pytest_kbevents.apiserver.custom import conditions
from pytest_kbevents.apiserver.kinds.rules import Fresh, Moment, Rules
from pytest_kbevents.apiserver.validation.causes import Cause, invalid
from pytest_kbevents.apiserver.validation.metadata import IMMUTABLE

if TYPE_CHECKING:
    from types import ModuleType


class DefinitionRules(Rules):
    """A CustomResourceDefinition."""

    counts_generations = True
    returns_deleted = False
    unconditional = False

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
        added = [name for name in stored[:1] if name not in before]
        obj["status"] = {**old["status"], "storedVersions": [*before, *added]} if added else old["status"]

    def validate_new(self, obj: Object) -> Iterator[Cause]:
        if name_of(obj) and name_of(obj) != f"{obj['spec']['names'].get('plural', '')}.{obj['spec'].get('group', '')}":
            yield invalid("metadata.name", name_of(obj), 'must be spec.names.plural+"."+spec.group')
        yield from _spec().check(obj["spec"], established=False)
        yield from self._told(obj, None)

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        spec, before, established = obj["spec"], old["spec"], conditions.holds(old, conditions.ESTABLISHED)
        yield from _spec().check(spec, established=established)
        if established:
            yield from _unchanged("spec.scope", spec.get("scope"), before.get("scope"))
            yield from _unchanged("spec.names.kind", spec["names"].get("kind"), before["names"].get("kind"))
        yield from _unchanged("spec.group", spec.get("group"), before.get("group"))
        yield from _unchanged("spec.names.plural", spec["names"].get("plural"), before["names"].get("plural"))
        yield from self._told(obj, old)

    def validate_status(self, obj: Object, old: Object) -> Iterator[Cause]:
        from pytest_kbevents.apiserver.custom.defining import naming

        yield from naming.names(obj["status"].get("acceptedNames") or {}, "status.acceptedNames")

    def warnings(self, obj: Object, old: Object | None = None) -> Iterator[str]:
        from pytest_kbevents.apiserver.custom.defining import doubts

        known = set(doubts.of(old["spec"])) if old is not None else ()
        yield from (text for text in doubts.of(obj["spec"]) if text not in known)

    def _told(self, obj: Object, old: Object | None) -> Iterator[Cause]:
        """What is wrong beside the spec."""
        from pytest_kbevents.apiserver.custom.defining import naming

        yield from _spec().stored(obj["status"].get("storedVersions"), obj["spec"])
        yield from naming.approval(obj, old)
        if old is None or not old["spec"].get("preserveUnknownFields"):
            yield from _spec().preserving(obj["spec"])


def _spec() -> ModuleType:
    """What definitions must be: loaded with the first of them."""
    from pytest_kbevents.apiserver.custom.defining import spec

    return spec


def _unchanged(field: str, value: str | None, before: str | None) -> Iterator[Cause]:
    if value != before:
        yield invalid(field, value, IMMUTABLE)
