"""Tables: what ``kubectl get`` prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.served import Served
from pytest_kbevents.apiserver.views import columns, partial
from pytest_kbevents.apiserver.views.cells import pods
from pytest_kbevents.errors import BadRequest

INCLUDES = ("", "Metadata", "Object", "None")
_OF_LIST = ("resourceVersion", "continue", "remainingItemCount")


def included(query: Mapping[str, str]) -> str:
    """What of each object the rows have beside the cells. Raises BadRequest."""
    asked = query.get("includeObject", "") if query else ""
    if asked not in INCLUDES:
        rule = f"includeObject: Invalid value: \"{asked}\": must be 'Metadata', 'Object', 'None', or empty"
        raise BadRequest(f"Unable to convert to Table as requested: {rule}")
    return asked


class Tables:
    """Makes Tables of one kind."""

    def __init__(self, served: Served, version: str, include: str, now: Callable[[], int]) -> None:
        """``version`` is the apiVersion of the Tables, ``now`` gives microseconds since the epoch."""
        self._served = served
        self._version = version
        self._include = include
        self._now = now
        self._columns, self._cells = columns.of(served)

    def of_object(self, obj: Object) -> dict[str, Any]:
        """A Table with one row."""
        return self._table(_of_list(obj, ("resourceVersion",)), [self._row(obj, self._now())])

    def of_list(self, obj: Object) -> dict[str, Any]:
        """A Table with a row for each item."""
        now = self._now()
        rows = [self._row(item, now) for item in obj["items"]]
        return self._table(_of_list(obj, _OF_LIST), rows if rows or columns.never_null(self._served) else None)

    def of_watch(self) -> Callable[[Object], dict[str, Any]]:
        """Makes the Tables of a watch: only the first has columns."""
        told = False

        def of_item(obj: Object) -> dict[str, Any]:
            nonlocal told
            table = self.of_object(obj)
            if told:
                table["columnDefinitions"] = None
            told = True
            return table

        return of_item

    def _table(self, metadata: dict[str, Any], rows: list[dict[str, Any]] | None) -> dict[str, Any]:
        return {
            "kind": "Table",
            "apiVersion": self._version,
            "metadata": metadata,
            "columnDefinitions": self._columns,
            "rows": rows,
        }

    def _row(self, obj: Object, now: int) -> dict[str, Any]:
        row: dict[str, Any] = {"cells": self._cells(self._stored(obj), now)}
        if self._served.resource.qualified == "pods" and (conditions := pods.conditions(obj)):
            row["conditions"] = conditions
        return row | {"object": self._beside(obj)}

    def _stored(self, obj: Object) -> Object:
        """The object as its cells read it: of a custom resource the request's version, of Events the core's."""
        return obj if self._served.custom else self._served.stored(dict(obj))

    def _beside(self, obj: Object) -> Object | None:
        if self._include == "None":
            return None
        if self._include == "Object":
            resource = self._served.resource
            return {"kind": resource.kind, "apiVersion": resource.api_version, **obj}
        return partial.of_object(obj, self._version)


def _of_list(obj: Object, fields: tuple[str, ...]) -> dict[str, Any]:
    metadata = obj["metadata"]
    return {field: metadata[field] for field in fields if metadata.get(field)}
