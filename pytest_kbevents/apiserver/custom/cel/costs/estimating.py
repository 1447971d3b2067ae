"""The cost of an expression's parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pytest_kbevents.apiserver.custom.cel.costs import calls, sizes
from pytest_kbevents.apiserver.custom.cel.costs.sizes import MOST, ONE, UNKNOWN, Size, plus, times
from pytest_kbevents.apiserver.custom.cel.typed import macros
from pytest_kbevents.apiserver.custom.cel.typed.kinds import Type
from pytest_kbevents.apiserver.custom.cel.typed.syntax import Call, Entries, Items, Literal, Name, Node, Select

_SCALARS = ("bool", "double", "duration", "int", "timestamp", "uint")
_LIST, _MAP = 10, 30
"""The cost of a new list, and of a new map."""
_NOWHERE = Type("")
"""What is declared for a place that no schema has."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a value: the type that the schema declares for it, its size, and that of what is inside."""

    declared: Type | None = None
    size: Size | None = None
    inside: Size | None = None


Scope = Mapping[str, Known]


@dataclass(slots=True)
class Estimator:
    """One expression's costs. ``types`` are the types of its nodes, by their ids."""

    root: Type
    types: Mapping[int, Type]
    _known: dict[int, Known] = field(default_factory=dict)

    def cost(self, node: Node, scope: Scope) -> int:
        """What a node costs at most, all below it included."""
        spent, known = _HOW[type(node)](self, node, scope)
        self._known[id(node)] = known
        return spent

    def declared(self, node: Node) -> Type | None:
        """The type that the schema declares for a node, which must have been looked at; None for what is computed."""
        return self._known[id(node)].declared

    def inside(self, node: Node) -> Size | None:
        """The size of a list's items, or of a map's values, where it is known."""
        return self._known[id(node)].inside

    def size(self, node: Node) -> Size:
        """The size of a node that has been looked at."""
        return self.known_size(node) or UNKNOWN

    def known_size(self, node: Node) -> Size | None:
        """As ``size``; None where nothing is known."""
        known = self._known[id(node)]
        if known.size is not None:
            return known.size
        if isinstance(node, (Literal, Items, Entries)):
            return _of_constant(node)
        if known.declared is not None and known.declared is not _NOWHERE:
            return Size(0, known.declared.most)
        return ONE if self.is_scalar(self.types[id(node)]) else None

    def is_scalar(self, kind: Type) -> bool:
        """Whether values of a type are all of one size."""
        return kind.name in _SCALARS or (kind.name == "optional_type" and self.is_scalar(kind.inner[0]))

    def _literal(self, node: Literal, scope: Scope) -> tuple[int, Known]:
        del node, scope
        return 0, Known()

    def _name(self, node: Name, scope: Scope) -> tuple[int, Known]:
        local = scope.get(node.name)
        if local is None:
            return 1, Known(self.root)
        placed = local.declared is not None and local.declared is not _NOWHERE
        size = local.size if not placed and not self.is_scalar(self.types[id(node)]) else None
        return 1, Known(local.declared, size, local.inside)

    def _select(self, node: Select, scope: Scope) -> tuple[int, Known]:
        spent, kind = self.cost(node.operand, scope), self.types[id(node.operand)]
        if node.optional:
            return plus(spent, 1), Known()
        counts = kind.is_object or kind.name == "map"
        return plus(spent, int(counts)), Known(self._field(self.declared(node.operand), node.field))

    def _field(self, declared: Type | None, name: str) -> Type:
        """What is declared for a field; what is computed is taken for the whole, as the real server does."""
        if declared is None or declared.name == "map":
            return self._part(declared)
        return declared.fields.get(name, _NOWHERE)

    def _part(self, declared: Type | None, at: int = -1) -> Type:
        """What is declared for the items of a list, the values of a map, or its keys; as ``_field``."""
        if declared is None:
            return self.root
        return declared.inner[at] if declared.inner else _NOWHERE

    def _items(self, node: Items, scope: Scope) -> tuple[int, Known]:
        spent = plus(_LIST, *(self.cost(item, scope) for item in node.items))
        return spent, Known(inside=self._widest(list(node.items)))

    def _entries(self, node: Entries, scope: Scope) -> tuple[int, Known]:
        spent = plus(_MAP, *(self.cost(part, scope) for entry in node.entries for part in entry))
        return spent, Known(inside=self._widest([value for _, value in node.entries]))

    def _widest(self, nodes: list[Node]) -> Size:
        found = Size(MOST, 0) if nodes else Size(0, 0)
        for node in nodes:
            found = sizes.union(found, self.size(node))
        return found

    def _call(self, node: Call, scope: Scope) -> tuple[int, Known]:
        if node.function == "has":
            field_ = node.arguments[0]
            return (self.cost(field_.operand, scope) if isinstance(field_, Select) else 0), Known()
        if node.target is not None and macros.is_macro(node):
            return self._macro(node, node.target, scope)
        arguments = list(node.arguments)
        given = [self.cost(part, scope) for part in arguments]
        if node.function == "dyn":
            return plus(1, *given), self._known[id(arguments[0])]
        if node.function == "_?_:_":
            return self._choice(arguments, given)
        qualified = macros.qualified(node, scope)
        target = [] if node.target is None or qualified else [node.target]
        spent = plus(*(self.cost(part, scope) for part in target))
        own, size = calls.cost(self, qualified or node.function, [*target, *arguments])
        return plus(spent, own, *given), self._result(node, arguments, size)

    def _choice(self, arguments: list[Node], given: list[int]) -> tuple[int, Known]:
        _, first, second = arguments
        one, other = self.inside(first), self.inside(second)
        inside = sizes.union(one, other) if one and other else None
        size = sizes.union(self.size(first), self.size(second))
        return plus(given[0], max(given[1:])), Known(size=size, inside=inside)

    def _result(self, node: Call, arguments: list[Node], size: Size | None) -> Known:
        if node.function == "_[_]":
            kind, declared = self.types[id(arguments[0])], self.declared(arguments[0])
            if kind.name in ("list", "map"):
                return Known(self._part(declared), self.inside(arguments[0]))
        if node.function == "_+_" and len(arguments) == 2:
            one, other = self.inside(arguments[0]), self.inside(arguments[1])
            return Known(size=size, inside=sizes.union(one, other) if one and other else None)
        return Known(size=size)

    def _macro(self, node: Call, target: Node, scope: Scope) -> tuple[int, Known]:
        ranging = self.cost(target, scope)
        if node.function in ("optMap", "optFlatMap"):
            return self._of_optional(node, target, ranging, scope)
        names, parts = macros.variables(node), macros.parts(node)
        inside = {**scope, **dict(zip(names, self._each(target, two=len(names) == 2), strict=True))}
        given = [self.cost(part, inside) for part in parts]
        before, condition, step, after = _LOOPS[node.function](given)
        count = self.size(target)
        spent = plus(ranging, before, times(count.most, plus(condition, step)), after)
        if before == 0:
            return spent, Known(size=ONE)
        made = self.size(parts[-1]) if node.function != "filter" else self._each(target, two=False)[0].size
        return spent, Known(size=count, inside=sizes.union(Size(0, 0), made or UNKNOWN))

    def _each(self, target: Node, *, two: bool) -> list[Known]:
        """What is known of the variables of a loop."""
        kind, declared, size = self.types[id(target)], self.declared(target), self.inside(target)
        value = Known(self._part(declared), size)
        key = Known(self._part(declared, 0) if kind.name == "map" else _NOWHERE)
        if two:
            return [key, value]
        return [key if kind.name == "map" else value]

    def _of_optional(self, node: Call, target: Node, ranging: int, scope: Scope) -> tuple[int, Known]:
        """As a choice: whether there is a value, and then what is made of it."""
        variable, made = node.arguments
        value = self.types[id(target)].inner
        size = ONE if value and self.is_scalar(value[0]) else None
        name = variable.name if isinstance(variable, Name) else ""
        spent = plus(_LIST, ranging, 1, self.cost(made, {**scope, name: Known(size=size)}))
        wraps = node.function == "optMap"
        return plus(ranging, 1, max(plus(spent, int(wraps)), 1)), Known()


def _of_constant(node: Node) -> Size:
    if isinstance(node, Literal):
        length = len(node.value) if node.kind in ("string", "bytes") else 1
    else:
        length = len(node.items) if isinstance(node, Items) else len(node.entries) if isinstance(node, Entries) else 0
    return Size(length, length)


def _conditional(given: list[int], made: int) -> int:
    """A step that is only made when a condition, that comes first, holds."""
    return plus(given[0], max(made, 1)) if len(given) == 2 else made


_LOOPS: Mapping[str, Callable[[list[int]], tuple[int, int, int, int]]] = {
    "all": lambda given: (0, 2, plus(1, given[0]), 1),
    "exists": lambda given: (0, 3, plus(1, given[0]), 1),
    **dict.fromkeys(("exists_one", "existsOne"), lambda given: (0, 0, plus(given[0], 2), 2)),
    "filter": lambda given: (_LIST, 0, plus(given[0], _LIST + 3), 1),
    **dict.fromkeys(
        ("map", "transformList"), lambda given: (_LIST, 0, _conditional(given, plus(_LIST + 2, given[-1])), 1)
    ),
    "transformMap": lambda given: (_MAP, 0, _conditional(given, plus(3, given[-1])), 1),
    "transformMapEntry": lambda given: (_MAP, 0, _conditional(given, plus(2, given[-1])), 1),
    "sortBy": lambda given: (_LIST, 0, plus(_LIST + 2, given[-1]), 1),
}
"""Of each macro: the cost of what is begun with, of going on, of a step, and of the end."""
_HOW: Mapping[type, Callable[..., tuple[int, Known]]] = {
    Literal: Estimator._literal,  # noqa: SLF001
    Name: Estimator._name,  # noqa: SLF001
    Select: Estimator._select,  # noqa: SLF001
    Items: Estimator._items,  # noqa: SLF001
    Entries: Estimator._entries,  # noqa: SLF001
    Call: Estimator._call,  # noqa: SLF001
}
