"""What a rule sees of an object: the declared fields alone, each as the type that its schema says."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from pytest_kbevents.apiserver.custom.cel.naming import escaped

_TEXT = {"type": "string"}
_OF_METADATA = {"type": "object", "properties": {"name": _TEXT, "generateName": _TEXT}}
COMMON: Mapping[str, Any] = {"apiVersion": _TEXT, "kind": _TEXT, "metadata": _OF_METADATA}
"""What rules see of every object, whatever its schema says."""
_UNITS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_UNITS |= {"d": 86_400.0, "w": 604_800.0}
_PART = re.compile(r"(\d+\.?\d*|\.\d+)\s*([a-zA-Zµμ]+)")


def of(value: Any, schema: Mapping[str, Any], *, root: bool = False) -> Any:
    """A value as CEL has it; ``root`` has what every object has."""
    if isinstance(value, dict):
        return _object(value, schema, root=root or bool(schema.get("x-kubernetes-embedded-resource")))
    if isinstance(value, list):
        items = schema.get("items")
        return [of(item, items) for item in value] if isinstance(items, Mapping) else value
    if isinstance(value, str):
        reader = _FORMATS.get(schema.get("format", ""))
        return reader(value) if reader and schema.get("type") == "string" else value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        kind = {"number": float, "integer": int}.get(schema.get("type", ""))
        return kind(value) if kind else value
    return value


def fields_of(schema: Mapping[str, Any], *, root: bool) -> Mapping[str, Any]:
    """The schemas of an object's fields by their names."""
    properties: Mapping[str, Any] = schema.get("properties") or {}
    return {**properties, **COMMON} if root else properties


def _object(value: Mapping[str, Any], schema: Mapping[str, Any], *, root: bool) -> dict[str, Any]:
    others, fields = schema.get("additionalProperties"), fields_of(schema, root=root)
    if not fields and others:
        return {name: of(item, others) if isinstance(others, Mapping) else item for name, item in value.items()}
    found = {}
    for name, item in value.items():
        spelled = escaped(name) if name in fields else None
        if spelled is not None:
            found[spelled] = of(item, fields[name])
    return found


def duration(text: str) -> Any:
    """A duration of Go's (``1h30m``), or of Scala's (``3 days``); the text itself where it is none."""
    parts = _PART.findall(text)
    seconds = 0.0
    for number, word in parts:
        unit = next((unit for unit in (word, word[:2].lower(), word[:1].lower()) if unit in _UNITS), None)
        if unit is None:
            return text
        seconds += float(number) * _UNITS[unit]
    return timedelta(seconds=-seconds if text.startswith("-") else seconds) if parts or text == "0" else text


def moment(text: str) -> Any:
    """A time; the text itself where it is none."""
    try:
        found = datetime.fromisoformat(text.upper())
    except ValueError:
        return text
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)


def _bytes(text: str) -> Any:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return text


_FORMATS: Mapping[str, Callable[[str], Any]] = {
    "date-time": moment,
    "datetime": moment,
    "date": moment,
    "duration": duration,
    "byte": _bytes,
}
