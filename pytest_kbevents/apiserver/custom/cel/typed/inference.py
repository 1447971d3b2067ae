"""The type of an expression, and what is wrong with it, where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pytest_kbevents.apiserver.custom.cel.functions import times
from pytest_kbevents.apiserver.custom.cel.typed import kinds, macros, overloads
from pytest_kbevents.apiserver.custom.cel.typed.kinds import BOOL, DYN, INT, NULL, Type, list_of, map_of, optional_of
from pytest_kbevents.apiserver.custom.cel.typed.syntax import Call, Entries, Items, Literal, Name, Node, Select
from pytest_kbevents.apiserver.custom.checks import regexps

Scope = Mapping[str, Type]
_RANGE = "cannot be range of a comprehension (must be list, map, or dynamic)"


@dataclass(slots=True)
class Checker:
    """One expression's check; ``problems`` are the errors and the offsets that they point at."""

    problems: list[tuple[int, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """The variables that were used."""
    types: dict[int, Type] = field(default_factory=dict)
    """The types of all nodes, by their ids."""
    constants: list[tuple[str, Literal]] = field(default_factory=list)
    """Calls of functions with a constant for their last argument, which are looked at before anybody asks."""
    _mixes: bool = False
    """Lists may have items of several types: what is to be formatted."""

    def type_of(self, node: Node, scope: Scope) -> Type:
        """A node's type; ``dyn`` for what is wrong or not known."""
        found = _HOW[type(node)](self, node, scope)
        self.types[id(node)] = found
        return found

    def literal(self, node: Literal, scope: Scope) -> Type:
        """A constant."""
        del scope
        return NULL if node.kind == "null" else Type(node.kind)

    def name(self, node: Name, scope: Scope) -> Type:
        """A variable, or a type."""
        self.names.add(node.name)
        if node.name in scope:
            return scope[node.name]
        if node.name in kinds.NAMES:
            return Type("type", (DYN,))
        return self._wrong(node.at, f"undeclared reference to '{node.name}' (in container '')")

    def select(self, node: Select, scope: Scope, at: int | None = None) -> Type:
        """A field; ``at`` is where errors point at when it is asked whether there is one."""
        operand, place = self.type_of(node.operand, scope), node.at if at is None else at
        inner = operand.inner[0] if operand.name == "optional_type" else operand
        found = self._field(inner, node.field, place)
        return optional_of(found) if (node.optional or inner is not operand) and found is not DYN else found

    def _field(self, operand: Type, name: str, at: int) -> Type:
        if operand == DYN:
            return DYN
        if operand.name == "map":
            return operand.inner[1]
        if not operand.is_object:
            return self._wrong(at, f"type '{operand}' does not support field selection")
        if name not in operand.fields:
            return self._wrong(at, f"undefined field '{name}'")
        return operand.fields[name]

    def items(self, node: Items, scope: Scope) -> Type:
        """A list: all of one type."""
        return list_of(self._alike(list(node.items), scope))

    def entries(self, node: Entries, scope: Scope) -> Type:
        """A map: all keys of one type, all values of one."""
        keys, values = zip(*node.entries, strict=True) if node.entries else ((), ())
        return map_of(self._alike(list(keys), scope), self._alike(list(values), scope))

    def _alike(self, nodes: list[Node], scope: Scope) -> Type:
        found = DYN
        for node in nodes:
            kind = self.type_of(node, scope)
            if found == DYN:
                found = kind
            elif not overloads.takes(found, kind) and not overloads.takes(kind, found):
                if not self._mixes:
                    self._wrong(node.at, f"expected type '{found}' but found '{kind}'")
                    continue
                for other in nodes:
                    self.type_of(other, scope)
                return DYN
        return found

    def call(self, node: Call, scope: Scope) -> Type:
        """A macro, an operator, a function or a method."""
        if node.function == "has" and node.target is None and len(node.arguments) == 1:
            return self._has(node, node.arguments[0], scope)
        if node.target is not None and macros.is_macro(node):
            return self._macro(node, node.target, scope)
        if node.function in ("_&&_", "_||_"):
            for part in node.arguments:
                self._expect_bool(part, self.type_of(part, scope))
            return BOOL
        qualified = macros.qualified(node, scope)
        if node.target is None or qualified:
            return self._function(qualified or node.function, node, [], scope)
        return self._function(node.function, node, [node.target], scope)

    def _function(self, name: str, node: Call, target: list[Node], scope: Scope) -> Type:
        mixes, self._mixes = self._mixes, self._mixes or name == "format"
        given = [self.type_of(part, scope) for part in (*target, *node.arguments)]
        self._mixes = mixes
        self._look_at_constant(name, node)
        try:
            found = overloads.result(name, given, method=bool(target))
        except KeyError:
            return self._wrong(node.at, f"undeclared reference to '{name}' (in container '')")
        if found is not None:
            return found
        arguments = ", ".join(map(str, given[len(target) :]))
        shown = f"{given[0]}.({arguments})" if target else f"({arguments})"
        return self._wrong(node.at, f"found no matching overload for '{name}' applied to '{shown}'")

    def _look_at_constant(self, name: str, node: Call) -> None:
        """Texts that must be patterns, times and durations, where they are constant."""
        last = node.arguments[-1] if node.arguments else None
        if isinstance(last, Literal):
            self.constants.append((name, last))
        constant = isinstance(last, Literal) and last.kind == "string"
        if name in _CONSTANTS and isinstance(last, Literal) and constant and not _CONSTANTS[name](last.value):
            self._wrong(last.at, f"invalid {name} argument")

    def _has(self, node: Call, field_: Node, scope: Scope) -> Type:
        if isinstance(field_, Select):
            self.select(field_, scope, at=node.at)
        else:
            self._wrong(field_.at, "invalid argument to has() macro")
        return BOOL

    def _macro(self, node: Call, target: Node, scope: Scope) -> Type:
        kind = self.type_of(target, scope)
        if node.function in ("optMap", "optFlatMap"):
            return self._of_optional(node, kind, scope)
        if kind.name not in ("list", "map") and kind != DYN:
            self._wrong(target.at, f"expression of type '{kind}' {_RANGE}")
            kind = DYN
        names, parts = macros.variables(node), macros.parts(node)
        inside = {**scope, **dict(zip(names, _variables(kind, two=len(names) == 2), strict=False))}
        found = [self.type_of(part, inside) for part in parts]
        return self._outcome(node, kind, list(zip(parts, found, strict=True)))

    def _of_optional(self, node: Call, kind: Type, scope: Scope) -> Type:
        if kind != DYN and kind.name != "optional_type":
            for method in ("hasValue", "value"):
                self._wrong(node.at, f"found no matching overload for '{method}' applied to '{kind}.()'")
            return DYN
        variable, made = node.arguments
        inner = kind.inner[0] if kind.inner else DYN
        found = self.type_of(made, {**scope, **({variable.name: inner} if isinstance(variable, Name) else {})})
        return optional_of(found) if node.function == "optMap" else found

    def _outcome(self, node: Call, kind: Type, parts: list[tuple[Node, Type]]) -> Type:
        """What a macro makes of the types of its parts: a condition, where it has one, comes first."""
        last, made = parts[-1]
        match node.function:
            case "all" | "exists":
                self._expect_bool(last, made)
                return BOOL
            case "exists_one" | "existsOne":
                self._expect_condition(node, made, INT)
                return BOOL
            case "filter":
                result = list_of(kind.inner[0] if kind.inner else DYN)
                self._expect_condition(node, made, result)
                return result
            case "sortBy":
                return kind
        result = map_of(kind.inner[0] if kind.name == "map" else DYN, made)
        if node.function in ("map", "transformList"):
            result = list_of(made)
        if len(parts) == 2:
            self._expect_condition(node, parts[0][1], result)
        return DYN if node.function == "transformMapEntry" else result

    def _expect_bool(self, node: Node, kind: Type) -> None:
        if kind not in (BOOL, DYN):
            self._wrong(node.at, f"expected type 'bool' but found '{kind}'")

    def _expect_condition(self, node: Call, kind: Type, result: Type) -> None:
        if kind not in (BOOL, DYN):
            shown = f"({kind}, {result}, {result})"
            self._wrong(node.at, f"found no matching overload for '_?_:_' applied to '{shown}'")

    def _wrong(self, at: int, told: str) -> Type:
        self.problems.append((at, told))
        return DYN


def _variables(kind: Type, *, two: bool) -> list[Type]:
    if not kind.inner:
        return [DYN, DYN]
    if not two:
        return [kind.inner[0]]
    return [INT, kind.inner[0]] if kind.name == "list" else list(kind.inner)


_CONSTANTS: Mapping[str, Callable[[str], bool]] = {
    "matches": lambda text: not regexps.problem(text),
    "timestamp": times.is_timestamp,
    "duration": times.is_duration,
}
_HOW: Mapping[type, Callable[..., Type]] = {
    Literal: Checker.literal,
    Name: Checker.name,
    Select: Checker.select,
    Items: Checker.items,
    Entries: Checker.entries,
    Call: Checker.call,
}
