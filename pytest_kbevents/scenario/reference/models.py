"""The models that stand inside others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel


def inner(roots: Iterable[type[BaseModel]], schemas: Mapping[str, Any]) -> dict[str, type[BaseModel]]:
    """Those in the fields of these, and so on, by name: as far as ``schemas`` knows them, and none of the roots."""
    found: dict[str, type[BaseModel]] = {}
    begin = list(roots)
    waiting: list[Any] = list(reversed(begin))
    while waiting:
        part = waiting.pop()
        if not (isinstance(part, type) and issubclass(part, BaseModel)):
            waiting += reversed(getattr(part, "__args__", ()))
        elif part.__name__ not in found:
            found[part.__name__] = part
            waiting += reversed([field.annotation for field in part.model_fields.values()])
    return {name: model for name, model in found.items() if model not in begin and name in schemas}
