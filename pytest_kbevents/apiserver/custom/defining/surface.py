"""What a version shows beside its objects: columns, subresources, fields to select by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.apiserver.custom.checks import paths
from pytest_kbevents.apiserver.custom.checks.paths import BadPath
from pytest_kbevents.apiserver.custom.defining.internal import Parts
from pytest_kbevents.apiserver.validation.causes import Cause, duplicate, invalid, required

_COLUMN_TYPES = ("boolean", "date", "integer", "number", "string")
_COLUMN_FORMATS = ("byte", "date", "date-time", "double", "float", "int32", "int64", "password")
_MOST_SELECTABLE = 8


def columns(given: list[Mapping[str, Any]], place: str) -> Iterator[Cause]:
    """The columns that ``kubectl get`` prints."""
    for index, column in enumerate(given):
        at = f"{place}[{index}]"
        if not column.get("name"):
            yield required(f"{at}.name")
        types, kind = f"must be one of {','.join(_COLUMN_TYPES)}", column.get("type")
        if not kind:
            yield required(f"{at}.type", types)
        elif kind not in _COLUMN_TYPES:
            yield invalid(f"{at}.type", kind, types)
        if (form := column.get("format")) and form not in _COLUMN_FORMATS:
            yield invalid(f"{at}.format", form, f"must be one of {','.join(_COLUMN_FORMATS)}")
        path = column.get("jsonPath")
        if not path:
            yield required(f"{at}.JSONPath")
        else:
            yield from _dotted(path, f"{at}.JSONPath")


def subresources(given: Mapping[str, Any] | None, place: str) -> Iterator[Cause]:
    """Where a scale finds its numbers."""
    scale = (given or {}).get("scale")
    if scale is None:
        return
    for word, root in (("specReplicasPath", ".spec"), ("statusReplicasPath", ".status")):
        path, at = scale.get(word), f"{place}.scale.{word}"
        if not path:
            yield required(at)
        else:
            yield from _below(path, at, (root,), f"should be a json path under {root}")
    if path := scale.get("labelSelectorPath"):
        told = "should be a json path under either .spec or .status"
        yield from _below(path, f"{place}.scale.labelSelectorPath", (".spec", ".status"), told)


def selectable(parts: Parts) -> Iterator[Cause]:
    """The fields that field selectors may name."""
    if not parts.selectable:
        return
    place = f"{parts.place}.selectableFields"
    if parts.schema is None:
        yield invalid(place, "", "may only be set when validations.schema is included")
        return
    schema, seen = parts.schema.get("openAPIV3Schema") or {}, set()
    for index, item in enumerate(parts.selectable):
        path, at = item.get("jsonPath") or "", f"{place}[{index}].jsonPath"
        if not path:
            yield required(at)
            continue
        try:
            name, found = paths.resolve(path, schema, brackets=False)
        except BadPath as error:
            yield invalid(at, path, f"is an invalid path: {error}")
            continue
        yield from _selected(path, at, name, found)
        if name in seen:
            yield duplicate(at, path)
        seen.add(name)
    if len(seen) > _MOST_SELECTABLE:
        told = f"Too many: {len(seen)}: must have at most {_MOST_SELECTABLE} items"
        yield Cause("FieldValueTooMany", place, told)


def _selected(path: str, place: str, name: str, schema: Mapping[str, Any]) -> Iterator[Cause]:
    if name.partition(".")[0] == "metadata":
        yield invalid(place, path, "must not point to fields in metadata")
    if schema.get("type") not in ("string", "boolean", "integer"):
        kinds = "must point to a field of type string, boolean or integer"
        yield invalid(place, path, f"{kinds}. Enum string fields and strings with formats are allowed.")


def _below(path: str, place: str, roots: tuple[str, ...], told: str) -> Iterator[Cause]:
    wrong = list(_dotted(path, place))
    if not wrong and not any(path.startswith(f"{root}.") for root in roots):
        wrong = [invalid(place, path, told)]
    yield from wrong


def _dotted(path: str, place: str) -> Iterator[Cause]:
    if not path.startswith("."):
        yield invalid(place, path, "must be a simple json path starting with .")
