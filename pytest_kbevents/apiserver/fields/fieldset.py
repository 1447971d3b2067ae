"""Field sets as ``fieldsV1`` has them: nested objects of path elements, never changed in place.

A leaf ``{}`` is a member. An element with parts below it is a member if ``.`` is among them. So ``{"f:a": {".": {},
"f:b": {}}}`` has the members ``a`` and ``a.b``. No branch is empty of members, and elements stand in Go's order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.apiserver.fields import elements
from pytest_kbevents.apiserver.fields.elements import SELF

FieldSet = Mapping[str, Any]
Path = tuple[str, ...]

EMPTY: FieldSet = {}
MEMBER: dict[str, Any] = {}
"""An element that is a member and has no parts below it."""

_ALONE: dict[str, Any] = {SELF: MEMBER}
"""``MEMBER`` spelt out, for walks that look for ``.``."""


def union(left: FieldSet, right: FieldSet) -> FieldSet:
    """What is in either; ``left`` itself if ``right`` adds nothing."""
    added: dict[str, Any] = {}
    for element, below in right.items():
        own = left.get(element)
        if own is None:
            added[element] = below
        elif own != below:
            joined = union(own or _ALONE, below or _ALONE)
            if joined is not own:
                added[element] = joined
    if not added:
        return left
    merged = {**left, **added}
    return merged if len(merged) == len(left) else in_order(merged)


def difference(left: FieldSet, right: FieldSet) -> FieldSet:
    """What is in ``left`` alone, parts of a member of ``right`` included; ``left`` itself if they share nothing."""
    rests: dict[str, FieldSet] = {}
    for element in right if len(right) <= len(left) else left:
        own, below = left.get(element), right.get(element)
        if own is None or below is None:
            continue
        whole = own or _ALONE
        rest = EMPTY if element == SELF else difference(whole, below or _ALONE)
        if rest is not whole:
            rests[element] = rest
    return _reduced(left, rests)


def without(left: FieldSet, right: FieldSet) -> FieldSet:
    """``left`` less the members of ``right`` and all that is below them."""
    rests: dict[str, FieldSet] = {}
    for element, below in right.items():
        own = left.get(element)
        if own is None:
            continue
        rest = EMPTY if not below or SELF in below else without(own, below)
        if rest is not own:
            rests[element] = rest
    return _reduced(left, rests)


def _reduced(fields: FieldSet, rests: Mapping[str, FieldSet]) -> FieldSet:
    """``fields`` with the rest of each element that something was taken of; itself if there is none."""
    if not rests:
        return fields
    kept = dict(fields)
    for element, rest in rests.items():
        if rest:
            kept[element] = folded(rest)
        else:
            del kept[element]
    return kept


def intersection(left: FieldSet, right: FieldSet) -> FieldSet:
    """What is in both."""
    common: dict[str, Any] = {}
    for element, below in left.items():
        other = right.get(element)
        if other is None:
            continue
        if element == SELF:
            common[SELF] = MEMBER
        elif shared := intersection(below or _ALONE, other or _ALONE):
            common[element] = folded(shared)
    return common


def below(fields: FieldSet, element: str) -> FieldSet:
    """The members under an element, told from there; the element itself left out."""
    inner: FieldSet = fields.get(element, EMPTY)
    return {key: value for key, value in inner.items() if key != SELF} if SELF in inner else inner


def has(fields: FieldSet, path: Path) -> bool:
    """Whether what ``path`` leads to is a member."""
    inner: FieldSet = fields
    for element in path:
        if element not in inner:
            return False
        inner = inner[element]
    return bool(path) and is_member(inner)


def is_member(inner: FieldSet) -> bool:
    """Whether an element with ``inner`` below it is a member."""
    return not inner or SELF in inner


def paths(fields: FieldSet, prefix: Path = ()) -> Iterator[Path]:
    """Every member, at each level all members before their parts, which is the order conflicts are told in."""
    for element, inner in fields.items():
        if element != SELF and is_member(inner):
            yield *prefix, element
    for element, inner in fields.items():
        if element != SELF:
            yield from paths(inner, (*prefix, element))


def of_paths(*members: Path) -> FieldSet:
    """The set with those members."""
    fields: FieldSet = EMPTY
    for path in members:
        node: FieldSet = MEMBER
        for element in reversed(path):
            node = {element: node}
        fields = union(fields, node)
    return fields


def text(path: Path) -> str:
    """As a person reads it in an error: ``.spec.containers[name="x"].image``."""
    return "".join(map(elements.text, path))


def read(value: Any) -> FieldSet:
    """A set that a client sent. Raises ValueError for what is none; element types to come are left out."""
    if not isinstance(value, dict):
        raise ValueError("a field set is an object")  # noqa: TRY004 - a client's value, not a caller's
    fields: dict[str, Any] = {SELF: MEMBER} if SELF in value else {}
    for key, inner in value.items():
        element = None if key == SELF else elements.read(key)
        if element is not None:
            fields[element] = folded(read(inner))
    return in_order(fields)


def in_order(fields: FieldSet) -> FieldSet:
    """The same set, its outermost elements in Go's order."""
    ordered = sorted(fields)
    if ordered and ordered[-1][0] != "f":  # fields are in Go's order as text, items are not
        ordered.sort(key=elements.order)
    return {element: fields[element] for element in ordered}


def folded(inner: FieldSet) -> FieldSet:
    """``MEMBER`` for what says nothing but ``.``."""
    return MEMBER if inner == _ALONE else inner
