"""The types of CEL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Type:
    """A type; ``str`` is how errors call it."""

    name: str
    inner: tuple[Type, ...] = ()
    fields: Mapping[str, Type] = field(default_factory=dict, compare=False)
    """Of an object."""
    is_object: bool = False
    most: int = field(default=0, compare=False)
    """How long a text, a list or a map can be by its schema."""
    smallest: int = field(default=1, compare=False)
    """The bytes that a value takes at least."""

    def __str__(self) -> str:
        return f"{self.name}({', '.join(map(str, self.inner))})" if self.inner else self.name


DYN = Type("dyn")
"""Whatever: checked when it is there."""
BOOL, INT, DOUBLE = Type("bool"), Type("int"), Type("double")
STRING, BYTES, NULL = Type("string"), Type("bytes"), Type("null")
DURATION, TIMESTAMP = Type("duration"), Type("timestamp")
NAMES = ("bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type", "optional_type")
"""Types that an expression can name."""


def list_of(item: Type) -> Type:
    """A list."""
    return Type("list", (item,))


def map_of(key: Type, value: Type) -> Type:
    """A map."""
    return Type("map", (key, value))


def optional_of(value: Type) -> Type:
    """An optional value."""
    return Type("optional_type", (value,))
