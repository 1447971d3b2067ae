"""What the scale subresource of a custom resource reads must be numbers, and its selector a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.validation.causes import Cause, invalid

_MOST = 2**31 - 1


def check(obj: Any, scale: Mapping[str, Any] | None, *, spec: bool) -> Iterator[Cause]:
    """What is wrong with the values that a scale reads; ``spec`` includes what is wanted."""
    if scale is None:
        return
    for word in ("specReplicasPath", "statusReplicasPath") if spec else ("statusReplicasPath",):
        yield from _number(obj, scale[word])
    if selector := scale.get("labelSelectorPath"):
        value, problem = _value(obj, selector, str, "string")
        if problem:
            yield invalid(selector, value, problem)


def _number(obj: Any, path: str) -> Iterator[Cause]:
    value, problem = _value(obj, path, int, "int64")
    if problem:
        yield invalid(path, 0, problem)
    elif value is not None and value < 0:
        yield invalid(path, value, "should be a non-negative integer")
    elif value is not None and value > _MOST:
        yield invalid(path, value, f"should be less than or equal to {_MOST}")


def _value(obj: Any, path: str, kind: type, name: str) -> tuple[Any, str]:
    """The value at a path, or why it is none of its kind."""
    steps = path.removeprefix(".").split(".")
    value: Any = obj
    for index, step in enumerate(steps):
        if not isinstance(value, Mapping):
            told = f"{gotext.plain(value)} is of the type {gotext.type_of(value)}, expected map[string]interface{{}}"
            return "", f".{'.'.join(steps[:index])} accessor error: {told}"
        if step not in value:
            return None, ""
        value = value[step]
    if isinstance(value, kind) and not isinstance(value, bool):
        return value, ""
    told = f"{gotext.plain(value)} is of the type {gotext.type_of(value)}, expected {name}"
    return "", f"{path} accessor error: {told}"
