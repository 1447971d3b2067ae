"""Macros: calls whose arguments are a variable or two, and what is asked of each value."""

from __future__ import annotations

from collections.abc import Container

from pytest_kbevents.apiserver.custom.cel.typed import overloads
from pytest_kbevents.apiserver.custom.cel.typed.syntax import Call, Name, Node

_COUNTS = {
    "all": (2, 3),
    "exists": (2, 3),
    "exists_one": (2, 3),
    "existsOne": (2, 3),
    "filter": (2,),
    "map": (2, 3),
    "transformList": (3, 4),
    "transformMap": (3, 4),
    "transformMapEntry": (3, 4),
    "sortBy": (2,),
    "optMap": (2,),
    "optFlatMap": (2,),
}
"""How many arguments make a call one of a macro."""


def is_macro(node: Call) -> bool:
    """Whether a method is one."""
    return len(node.arguments) in _COUNTS.get(node.function, ())


def variables(node: Call) -> list[str]:
    """The names of its variables."""
    return [part.name for part in node.arguments[: _count(node)] if isinstance(part, Name)]


def parts(node: Call) -> list[Node]:
    """What is asked of each value; of two a condition comes first."""
    return list(node.arguments[_count(node) :])


def qualified(node: Call, scope: Container[str]) -> str:
    """The name of a function with a dot in it; ``""`` for others."""
    if not isinstance(node.target, Name) or node.target.name in scope:
        return ""
    name = f"{node.target.name}.{node.function}"
    return name if name in overloads.functions() else ""


def _count(node: Call) -> int:
    two = node.function.startswith("transform") or (node.function != "map" and len(node.arguments) == 3)
    return 2 if two else 1
