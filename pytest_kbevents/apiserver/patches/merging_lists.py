"""Lists of a strategic merge patch: their keys, the directives among their items, and the order of the result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pytest_kbevents.apiserver import gotext
from pytest_kbevents.errors import Invalid, UnknownError

ABSENT: Any = object()
"""The merge key of an item that has none."""


def key_of(item: Any, merge_key: str) -> Any:
    """What tells an item from the others: its merge key, or without one the item itself."""
    if not merge_key:
        return item
    if not isinstance(item, dict):
        raise UnknownError(f"expected a map[string]interface {{}}, but received a {gotext.type_of(item)}")
    if merge_key not in item:
        raise UnknownError(f"map: {gotext.plain(item)} does not contain declared merge key: {merge_key}")
    return item[merge_key]


def unknown_directive(item: Mapping[str, Any]) -> UnknownError:
    """The error of a ``$patch`` that is no directive here."""
    return UnknownError(f"unknown patch type: {gotext.plain(item['$patch'])} in map: {gotext.plain(item)}")


def require_same_types(*lists: Sequence[Any]) -> Any:
    """The first item of the lists, whose items have one type. Empty lists have none, which is an error too."""
    items = [item for part in lists for item in part]
    if not items:
        raise UnknownError("no elements in any of the given slices")
    if isinstance(items[0], list):
        raise Invalid("the server rejected our request due to an error in our request", details={})
    if any(type(item) is not type(items[0]) for item in items):
        raise UnknownError(f"list element types are not identical: {gotext.plain(lists)}")
    return items[0]


def without_duplicates(items: list[Any]) -> list[Any]:
    """The items, of equal ones the first."""
    return list(dict.fromkeys(items))


def directed(original: list[Any], patch: list[Any], merge_key: str) -> tuple[list[Any], list[Any]]:
    """Both lists once the directives among the patch's items have been followed."""
    plain, replace = [], False
    for item in patch:
        match item.get("$patch", ABSENT):
            case "delete":
                value = key_of(item, merge_key)
                original = [own for own in original if own.get(merge_key, ABSENT) != value]
            case "replace":
                replace = True
            case "merge":
                raise UnknownError("merging lists cannot yet be specified in the patch")
            case directive if directive is ABSENT:
                plain.append(item)
            case _:
                raise unknown_directive(item)
    return (plain, []) if replace else (original, plain)


def overwritten(original: list[Any], patch: list[Any], merge_key: str) -> list[Any]:
    """The original as Go's merge leaves it, which is what the order of the result is then taken from.

    Deleting items makes room in the array, and as many new items are written there, so that they have a place.
    """
    left, added = directed(original, patch, merge_key)
    known = [item.get(merge_key, ABSENT) for item in left]
    new = [item for item in added if item[merge_key] not in known]
    return [*left, *new[: len(original) - len(left)]] if added else original


def check_order(patch: list[Any], order: list[Any], merge_key: str) -> None:
    """Raises UnknownError unless the patch's items come in ``order``, and all of them are there.

    Items to delete need no place; another directive fits wherever the order is not at its end.
    """
    if not order or not patch:
        return
    at = 0
    for item in patch:
        directive = item.get("$patch") if isinstance(item, dict) else None
        if directive == "delete" or (directive and at < len(order)):
            continue
        wanted = None if directive else key_of(item, merge_key)
        at = next((place for place in range(at, len(order)) if key_of(order[place], merge_key) == wanted), -1) + 1
        if not at:
            raise UnknownError(
                f"The order in patch list:\n{gotext.plain(patch)}\n"
                f" doesn't match $setElementOrder list:\n{gotext.plain(order)}\n"
            )


def arranged(merged: list[Any], wanted: list[Any], original: list[Any], merge_key: str) -> list[Any]:
    """The merged items: what ``wanted`` names in its order, the rest between them where the original had it."""
    place = _places(wanted, merge_key)
    was = _places(original, merge_key)
    named = [item for item in merged if place(item) >= 0]
    rest = [item for item in merged if place(item) < 0]
    named.sort(key=place)
    rest.sort(key=was)
    result: list[Any] = []
    while named and rest:
        first = 0 <= was(rest[0]) < was(named[0])
        result.append((rest if first else named).pop(0))
    return [*result, *named, *rest]


def _places(items: list[Any], merge_key: str) -> Callable[[Any], int]:
    """Where an item stands among ``items``; -1 for one that does not."""
    keys = [key_of(item, merge_key) for item in items]
    return lambda item: keys.index(key) if (key := key_of(item, merge_key)) in keys else -1
