"""The type of a value: what Go's struct tags say of a built-in kind, and a structural schema of a custom one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Form = Literal["object", "map", "list", "string", "integer", "number", "boolean", "int-or-string", "any"]
"""``object`` has named fields, ``map`` any keys with values of one type, ``any`` is free JSON."""

_NONE: Mapping[str, Any] = {}


@dataclass(eq=False)
class Schema:
    """One type. Types may refer to themselves (JSONSchemaProps), so what is inside is resolved when it is asked for."""

    form: Form
    go: str = ""
    """How Go declares it, as its decoder's errors say: ``string``, ``int32``, ``[]v1.OwnerReference``."""
    struct: str = ""
    """Of an object, the name of Go's struct: ``ObjectMeta``."""
    drops_empty: bool = False
    """Declared as a value with omitempty: false, 0, "", [] and {} are as good as absent."""
    written: bool = False
    """Declared so that Go writes it even when it is absent: as ``zero``."""
    nil_when_empty: bool = False
    """A list or map that is always written: an empty one comes back as null, for storage cannot tell them apart."""
    zero: Any = None
    """What Go writes for an absent value; an object's ``{}`` is filled in turn."""
    format: str = ""
    """OpenAPI's format: ``int32``, ``int64``, ``date-time``, ``byte``, ``quantity``..."""
    list_type: Literal["atomic", "set", "map"] = "atomic"
    """Of a list, who owns what of it (``x-kubernetes-list-type``)."""
    keys: tuple[str, ...] = ()
    """Of a list of type map: the fields that tell its items apart (``x-kubernetes-list-map-keys``)."""
    atomic: bool = False
    """An object or map that is owned and replaced as a whole (``x-kubernetes-map-type: atomic``)."""
    merge_key: str = ""
    """Of a list, the field that a strategic merge patch finds items by; ``""`` merges by value."""
    strategies: frozenset[str] = frozenset()
    """Of a strategic merge patch: ``merge``, ``retainKeys``, or none, which replaces."""
    preserves_unknown: bool = False
    """Fields that the type does not name are kept (custom resources alone; built-in kinds drop them)."""
    embedded: bool = False
    """The object has apiVersion, kind and metadata of its own (``x-kubernetes-embedded-resource``)."""
    nullable: bool = False
    required: tuple[str, ...] = ()
    default: Any = None
    """What an absent field of this type is set to; None for no default. Never changed: set a detached copy."""
    source: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """The OpenAPI document that the type was read from."""
    resolve_fields: Callable[[], Mapping[str, Schema]] = field(default=dict, repr=False)
    resolve_items: Callable[[], Schema | None] = field(default=lambda: None, repr=False)

    @cached_property
    def fields(self) -> Mapping[str, Schema]:
        """Of an object: its fields by their JSON names."""
        return self.resolve_fields()

    @cached_property
    def written_fields(self) -> Mapping[str, Schema]:
        """Of an object: the fields that are written even when they are absent."""
        return {name: part for name, part in self.fields.items() if part.written}

    @cached_property
    def items(self) -> Schema | None:
        """Of a list: its items' type; of a map: its values'."""
        return self.resolve_items()


BARE = Schema("object", nullable=True)
"""An object that declares no fields."""
ANY = Schema("any")
"""Free JSON: what stands in where no type is known."""
