"""Which of the names that a definition asks for it gets: none that another of its group has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.custom import conditions

Names = Mapping[str, Any]
_RESOURCES, _KINDS = ("plural", "singular"), ("kind", "listKind")


def decide(definition: Object, others: Iterable[Object]) -> tuple[Names, list[dict[str, str]]]:
    """The names that are accepted now, and what becomes of NamesAccepted and Established."""
    wanted, had = definition["spec"]["names"], definition["status"]["acceptedNames"]
    resources, kinds = _taken(others)
    accepted = {**had, **({"categories": wanted["categories"]} if wanted.get("categories") else {})}
    problem = ("", "")
    for words, taken in ((_RESOURCES, resources), (_KINDS, kinds)):
        for word in words:
            name = wanted.get(word)
            if name != had.get(word) and name in taken:
                problem = f"{word[0].upper()}{word[1:]}Conflict", _in_use(name)
            elif name:
                accepted[word] = name
        if words is _RESOURCES:
            problem = _short_names(wanted, had, resources, accepted) or problem
    return accepted, _conditions(definition, *problem)


def _taken(others: Iterable[Object]) -> tuple[set[str], set[str]]:
    resources: set[str] = set()
    kinds: set[str] = set()
    for other in others:
        names = other["status"].get("acceptedNames") or {}
        resources |= {names[word] for word in _RESOURCES if word in names} | set(names.get("shortNames") or ())
        kinds |= {names[word] for word in _KINDS if word in names}
    return resources, kinds


def _short_names(wanted: Names, had: Names, taken: set[str], accepted: dict[str, Any]) -> tuple[str, str] | None:
    """All short names are accepted, or none."""
    names, before = wanted.get("shortNames") or [], had.get("shortNames") or []
    clashes = [name for name in names if name not in before and name in taken]
    if clashes:
        told = ", ".join(map(_in_use, clashes))
        return "ShortNamesConflict", f"[{told}]" if len(clashes) > 1 else told
    accepted.pop("shortNames", None)
    if names:
        accepted["shortNames"] = names
    return None


def _in_use(name: str) -> str:
    return f'"{name}" is already in use'


def _conditions(definition: Object, reason: str, message: str) -> list[dict[str, str]]:
    named = conditions.NAMES_ACCEPTED
    if reason:
        found = [conditions.condition(named, "False", reason, message)]
        if conditions.find(definition, conditions.ESTABLISHED) is None:
            told = "not all names are accepted"
            found.append(conditions.condition(conditions.ESTABLISHED, "False", "NotAccepted", told))
        return found
    found = [conditions.condition(named, "True", "NoConflicts", "no conflicts found")]
    if not conditions.holds(definition, conditions.ESTABLISHED):
        told = "the initial names have been accepted"
        found.append(conditions.condition(conditions.ESTABLISHED, "False", "Installing", told))
    return found
