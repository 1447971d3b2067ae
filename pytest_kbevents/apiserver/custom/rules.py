"""The rules of one version of a custom resource."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.kinds.rules import COMMON_FIELDS, Fresh, Moment, Rules
from pytest_kbevents.apiserver.validation.causes import Cause


class CustomRules(Rules):
    """Everything is wanted, but the metadata and, with a status subresource, the status."""

    counts_generations = True
    unconditional = False
    returns_deleted = False

    def __init__(self, version: Mapping[str, Any]) -> None:
        self._version = version
        self._has_status = "status" in (version.get("subresources") or {})
        selectable = (item["jsonPath"].removeprefix(".") for item in version.get("selectableFields") or ())
        self.fields = (*COMMON_FIELDS, *selectable)  # type: ignore[misc] - of one definition, not of the class
        self.reset = ("status",) if self._has_status else ()  # type: ignore[misc]

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

    def validate(self, obj: Object) -> Iterator[Cause]:
        yield from ()

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        yield from ()
