"""Texts that rows of several kinds have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pytest_kbevents.api.objects import Object

NONE, UNSET = "<none>", "<unset>"
MOST = 3
"""Items of a list that a cell names."""


def name(obj: Object) -> str:
    """An object's name; a bookmark has none."""
    return str(obj["metadata"].get("name", ""))


def part(obj: Object, *path: str) -> Mapping[str, Any]:
    """A field that is an object; what is not there is empty."""
    value: Any = obj
    for step in path:
        value = value.get(step) or {}
    found: Mapping[str, Any] = value
    return found


def containers(spec: Mapping[str, Any]) -> tuple[str, str]:
    """The names and the images of a Pod spec's containers."""
    found = spec.get("containers") or ()
    return ",".join(item.get("name", "") for item in found), ",".join(item.get("image", "") for item in found)


def labels(found: Mapping[str, str] | None) -> str:
    """``a=b,c=d``, by name."""
    return ",".join(f"{key}={value}" for key, value in sorted((found or {}).items())) or NONE


def selector(found: Mapping[str, Any] | None) -> str:
    """A label selector."""
    found = found or {}
    terms = [(key, f"{key}={value}") for key, value in (found.get("matchLabels") or {}).items()]
    terms += [(item["key"], _expression(item)) for item in found.get("matchExpressions") or ()]
    return ",".join(text for _, text in sorted(terms, key=lambda term: term[0])) or NONE


def few(items: Iterable[str], nothing: str) -> str:
    """The first three, and how many more there are."""
    found = list(items)
    more = f" + {len(found) - MOST} more..." if len(found) > MOST else ""
    return (",".join(found[:MOST]) + more) or nothing


def _expression(item: Mapping[str, Any]) -> str:
    key, values = item["key"], ",".join(sorted(item.get("values") or ()))
    texts = {"In": f"{key} in ({values})", "NotIn": f"{key} notin ({values})", "DoesNotExist": f"!{key}"}
    return texts.get(item["operator"], str(key))
