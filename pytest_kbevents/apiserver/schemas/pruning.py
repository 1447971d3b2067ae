"""What becomes of a custom resource on its way in: unknown fields are dropped, defaults filled in.

Its values are not looked at: a value of another type than declared is kept, for validation to find.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_kbevents.api.objects import detached
from pytest_kbevents.apiserver.schemas.schema import ANY, BARE, Schema
from pytest_kbevents.apiserver.schemas.text import Repeated

"""What is said of items that should not be: of objects no field is known."""


@dataclass
class Pruner:
    """One body's way in. ``problems`` are what strict field validation minds."""

    problems: list[str] = field(default_factory=list)
    fills: bool = True
    """Defaults are filled in."""

    def value(self, value: Any, schema: Schema, path: str = "", known: Any = None) -> Any:
        """A fresh copy of ``value`` with what its type says; a part that is a part of ``known`` is kept as it is."""
        if known is not None and value is known:
            return value
        if isinstance(value, Repeated):
            self.problems.extend(f'duplicate field "{_inside(path, name)}"' for name in value.names)
        if isinstance(value, Mapping):
            return self._mapping(value, schema, path, known if isinstance(known, Mapping) else {})
        if isinstance(value, (list, tuple)) and schema.form != "any":
            items = schema.items if schema.form == "list" else None
            return [self.value(item, items or BARE, f"{path}[{index}]") for index, item in enumerate(value)]
        return detached(value)

    def _mapping(self, value: Mapping[str, Any], schema: Schema, path: str, known: Mapping[str, Any]) -> dict[str, Any]:
        found = {}
        for name, item in value.items():
            part = schema.fields.get(name) or (schema.items if schema.form == "map" else None)
            inside = _inside(path, name)
            if part is not None:
                if item is None and not part.nullable and part is not ANY:
                    continue
                found[name] = self.value(item, part, inside, known.get(name))
            elif schema.preserves_unknown or schema.form == "any":
                found[name] = detached(item)
            else:
                self.problems.append(f'unknown field "{inside}"')
        for name, part in schema.fields.items() if self.fills else ():
            if name not in found and part.default is not None:
                found[name] = self.value(part.default, part, _inside(path, name))
        return found


def _inside(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
