"""The columns that a CustomResourceDefinition adds to a Table (``additionalPrinterColumns``), and their cells."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.views.cells import ages
from pytest_kbevents.apiserver.views.cells.kinds import Cells
from pytest_kbevents.apiserver.views.cells.texts import name
from pytest_kbevents.apiserver.views.jsonpath import JsonPath, PathError

_AGE = {"name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"}


def columns(version: Mapping[str, Any], descriptions: Mapping[str, str]) -> list[dict[str, Any]]:
    """A version's columns but for the first, which is the name. ``descriptions`` are of columns that say nothing."""
    return [_column(column, descriptions) for column in _declared(version)]


def cells(version: Mapping[str, Any]) -> Cells:
    """What fills them, the name first."""
    found = [_cell(column) for column in _declared(version)]
    return lambda obj, now: [name(obj), *(cell(obj, now) for cell in found)]


def _declared(version: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return version.get("additionalPrinterColumns") or [_AGE]


def _column(column: Mapping[str, Any], descriptions: Mapping[str, str]) -> dict[str, Any]:
    path = column["jsonPath"]
    told = f"Custom resource definition column (in JSONPath format): {path}"
    if column is _AGE:
        told = descriptions["creationTimestamp"]
    return {
        "name": column["name"],
        "type": column["type"],
        "format": column.get("format", ""),
        "description": column.get("description") or told,
        "priority": column.get("priority", 0),
    }


def _cell(column: Mapping[str, Any]) -> Callable[[Object, int], Any]:
    path, typed = JsonPath(column["jsonPath"]), _TYPED[column["type"]]

    def cell(obj: Object, now: int) -> Any:
        try:
            found = path.find(obj)
        except PathError:
            return None
        return typed(found[0], now) if found else None

    return cell


def _text(value: Any, _: int) -> str:
    if isinstance(value, (dict, list)):
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return "<no value>" if value is None else gotext.plain(value)


def _integer(value: Any, _: int) -> int | None:
    return int(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _number(value: Any, _: int) -> int | float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _boolean(value: Any, _: int) -> bool | None:
    return value if isinstance(value, bool) else None


def _date(value: Any, now: int) -> str | None:
    if not isinstance(value, str):
        return None
    try:
        return ages.since(value, now)
    except ValueError:
        return "<invalid>"


_TYPED: Mapping[str, Callable[[Any, int], Any]] = {
    "string": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
}
