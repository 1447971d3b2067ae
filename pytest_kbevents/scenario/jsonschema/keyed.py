"""Mappings that are known by one of their keys: the subject of a judgement, what a count counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Member:
    """One of a family. ``place`` is where its schema stands, ``said`` the keys that say what must be so: one of them
    must be given, unless something is said without (``enough``).
    """

    place: str
    schema: Mapping[str, Any]
    said: tuple[str, ...] = ()
    enough: bool = False

    @property
    def keys(self) -> list[str]:
        """All its keys."""
        return list(self.schema["properties"])


def keyed(own: Mapping[str, Any], family: Mapping[str, Member], *, says: bool = True) -> dict[str, Any]:
    """A mapping with its own keys and those of one of the family. ``own`` is the schema of the first. Where nothing is
    said of what is looked at, the member's ``said`` keys may not stand there.
    """
    family = {key: member for key, member in family.items() if says or key not in member.said}
    known = {key: _key(member, key) for key, member in family.items()}
    none = {
        "if": {"not": {"anyOf": [{"required": [key]} for key in family]}},
        "then": {"properties": _allowed([*own["properties"], *family]), "additionalProperties": False},
    }
    return {
        "type": "object",
        "properties": {**known, **own["properties"]},
        "required": own.get("required", []),
        "anyOf": [{"required": [key]} for key in family],
        "allOf": [none, *(_case(own, key, family, says=says) for key in family)],
    }


def _case(own: Mapping[str, Any], key: str, family: Mapping[str, Member], *, says: bool) -> dict[str, Any]:
    """What else stands beside that key. A key may also be one of another member's: then that one's key decides."""
    member = family[key]
    others = [{"required": [name]} for name, other in family.items() if name != key and key in other.keys]
    given = {"required": [key]} | ({"not": {"anyOf": others}} if others else {})
    keys = [name for name in member.keys if name != key and (says or name not in member.said)]
    properties = {name: _key(member, name) for name in keys}
    required = [name for name in member.schema.get("required", []) if says or name not in member.said]
    then: dict[str, Any] = {
        "properties": {**properties, **_allowed([*own["properties"], key])},
        "required": required,
        "additionalProperties": False,
    }
    if member.enough or not says:
        return {"if": given, "then": then}
    if len(member.said) > 1:
        then["anyOf"] = [{"required": [name]} for name in member.said]
    else:
        then["required"] = sorted({*required, *member.said})
    return {"if": given, "then": then}


def _key(member: Member, key: str) -> dict[str, Any]:
    return {"$ref": f"{member.place}/properties/{key}"}


def _allowed(keys: list[str]) -> dict[str, Any]:
    """They are described elsewhere."""
    return dict.fromkeys(keys, True)
