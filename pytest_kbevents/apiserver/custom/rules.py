"""The rules of one version of a custom resource."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import Resource
from pytest_kbevents.apiserver.custom.cel.validator import Validator
from pytest_kbevents.apiserver.custom.checks import embedded, lists, scale, schemas
from pytest_kbevents.apiserver.custom.checks.correlation import NOTHING
from pytest_kbevents.apiserver.custom.checks.findings import BLOCKING, NOWHERE
from pytest_kbevents.apiserver.kinds.rules import COMMON_FIELDS, Fresh, Moment, Rules
from pytest_kbevents.apiserver.schemas.decoding import WrongType
from pytest_kbevents.apiserver.validation.causes import Cause, invalid
from pytest_kbevents.errors import Forbidden

_ENDING = "create not allowed while custom resource definition is terminating"
_UNCHECKED = (
    "some validation rules were not checked because the object was invalid; correct the existing errors to complete "
    "validation"
)


class CustomRules(Rules):
    """Everything is wanted, but the metadata and, with a status subresource, the status."""

    counts_generations = True
    unconditional = False
    returns_deleted = False

    def __init__(self, version: Mapping[str, Any], ending: Resource | None = None) -> None:
        """``ending`` is what the version serves, when its definition is being deleted."""
        self._ending = ending
        self._schema: Mapping[str, Any] = (version.get("schema") or {}).get("openAPIV3Schema") or {}
        subresources = version.get("subresources") or {}
        self._has_status = "status" in subresources
        self._scale = subresources.get("scale")
        selectable = (item["jsonPath"].removeprefix(".") for item in version.get("selectableFields") or ())
        self.fields = (*COMMON_FIELDS, *selectable)  # type: ignore[misc]  # of one definition, not of the class
        self.reset = ("status",) if self._has_status else ()  # type: ignore[misc]

    @cached_property
    def _rules(self) -> Validator | None:
        """The CEL rules of the schema; None when it has none."""
        return Validator.of(self._schema)

    @cached_property
    def _embeds(self) -> bool:
        """There are objects within the objects."""
        return embedded.anywhere(self._schema)

    def check_types(self, obj: Object) -> None:
        if self._embeds and (wrong := embedded.malformed(obj, self._schema)) is not None:
            raise WrongType(f"{wrong.field}: {wrong.message}")

    def admit(self, obj: Fresh, moment: Moment) -> None:
        if self._ending is not None:
            name, resource = obj["metadata"].get("name", ""), self._ending
            told = {"name": name, "group": resource.group, "kind": resource.plural}
            raise Forbidden(f'{resource.qualified} "{name}" is forbidden: {_ENDING}', details=told)

    def begin(self, obj: Fresh, moment: Moment) -> None:
        del moment
        if self._has_status:
            obj.pop("status", None)

    def change(self, obj: Fresh, old: Object, moment: Moment) -> None:
        del moment
        if self._has_status:
            obj.pop("status", None)
            if "status" in old:
                obj["status"] = old["status"]

    def intent(self, obj: Object) -> Any:
        left_out = ("metadata", "status") if self._has_status else ("metadata",)
        return {key: value for key, value in obj.items() if key not in left_out}

    def validate_new(self, obj: Object) -> Iterator[Cause]:
        found = [*schemas.check(obj, self._schema).causes(), *scale.check(obj, self._scale, spec=True)]
        found += [*embedded.check(obj, self._schema), *lists.check(obj, self._schema)]
        yield from [*found, *self._asked(obj, NOTHING, found)]

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        found = [*schemas.check(obj, self._schema, "", old).causes(), *scale.check(obj, self._scale, spec=True)]
        found += [*embedded.check(obj, self._schema), *self._repeated(obj, old)]
        yield from [*found, *self._asked(obj, old, found)]

    def validate_status(self, obj: Object, old: Object) -> Iterator[Cause]:
        schema = (self._schema.get("properties") or {}).get("status") or {}
        found = list(scale.check(obj, self._scale, spec=False))
        if "status" in obj:
            found = [*schemas.check(obj["status"], schema, "", old.get("status", NOTHING)).causes("status"), *found]
        found += self._repeated(obj, old)
        yield from [*found, *self._asked(obj, old, found)]

    def _repeated(self, obj: Object, old: Object) -> Iterator[Cause]:
        """What stands twice where nothing did before."""
        found = list(lists.check(obj, self._schema))
        if found and not any(lists.check(old, self._schema)):
            yield from found

    def _asked(self, obj: Object, old: Any, found: list[Cause]) -> Iterator[Cause]:
        """What the CEL rules say, unless what they ask about is not even of its type."""
        if self._rules is None:
            return
        if any(cause.reason in BLOCKING for cause in found):
            yield invalid(NOWHERE, None, _UNCHECKED)
        else:
            yield from self._rules.check(obj, old)
