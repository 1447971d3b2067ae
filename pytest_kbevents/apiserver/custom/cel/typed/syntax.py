"""Expressions as trees. What is read here has been found to be an expression by the library."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from pytest_kbevents.apiserver.custom.cel.rewriting import Token, tokens


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression; ``at`` is the offset that errors point at."""

    at: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A constant; ``kind`` is the name of its type."""

    kind: str
    text: str

    @property
    def value(self) -> str:
        """What a text says, its quotes and escapes read."""
        raw, text = "r" in self.text[:2].lower(), self.text.lstrip("rRbB")
        quotes = 3 if text[:3] in ('"""', "'''") else 1
        inner = text[quotes:-quotes]
        return inner if raw else _ESCAPE.sub(_meant, inner)


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable, a type, or the first part of a function's name."""

    name: str


@dataclass(frozen=True, slots=True)
class Select(Node):
    """``operand.field``, or ``operand.?field``."""

    operand: Node
    field: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function, a method, a macro or an operator (``_+_``)."""

    function: str
    target: Node | None
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Items(Node):
    """A list."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entries(Node):
    """A map."""

    entries: tuple[tuple[Node, Node], ...]


class Unreadable(ValueError):
    """An expression with something in it that this reader does not know: a message, mostly."""


_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|(.))", re.DOTALL)
_SIGNS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("||",),
    ("&&",),
    ("==", "!=", "<", "<=", ">", ">=", "in"),
    ("+", "-"),
    ("*", "/", "%"),
)
_One = TypeVar("_One")
_WORDS = {"true": "bool", "false": "bool", "null": "null"}


def read(expression: str) -> Node:
    """The tree of an expression. Raises Unreadable."""
    reader = _Reader(tokens(expression))
    node = reader.expression()
    if reader.word():
        raise Unreadable(expression)
    return node


class _Reader:
    def __init__(self, words: list[Token]) -> None:
        self._words = words
        self._next = 0

    def word(self) -> str:
        """What comes next; ``""`` at the end."""
        return self._words[self._next].text if self._next < len(self._words) else ""

    def expression(self) -> Node:
        """A whole expression, up to what cannot belong to it."""
        condition = self._binary(0)
        if self.word() != "?":
            return condition
        at = self._take().at
        then = self._binary(0)
        self._expect(":")
        return Call(at, "_?_:_", None, (condition, then, self.expression()))

    def _binary(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        left = self._binary(level + 1)
        while self.word() in _LEVELS[level]:
            operator = self._take()
            name = "@in" if operator.text == "in" else f"_{operator.text}_"
            left = Call(operator.at, name, None, (left, self._binary(level + 1)))
        return left

    def _unary(self) -> Node:
        if self.word() not in ("!", "-"):
            return self._member()
        operator = self._take()
        operand = self._unary()
        if operator.text == "-" and isinstance(operand, Literal) and operand.kind in ("int", "double"):
            return Literal(operator.at, operand.kind, f"-{operand.text}")
        return Call(operator.at, f"{operator.text}_", None, (operand,))

    def _member(self) -> Node:
        node = self._primary()
        while self.word() in (".", "["):
            token = self._take()
            optional = self.word() == "?"
            if optional:
                self._take()
            if token.text == "[":
                node = Call(token.at, "_[?_]" if optional else "_[_]", None, (node, self.expression()))
                self._expect("]")
                continue
            name = self._take().text
            if self.word() == "(":
                at = self._take().at
                node = Call(at, name, node, self._list(")"))
            else:
                node = Select(token.at, node, name, optional)
        return node

    def _primary(self) -> Node:
        token = self._take()
        if token.kind in ("number", "text"):
            return Literal(token.at, _kind(token), token.text)
        if token.text in _WORDS:
            return Literal(token.at, _WORDS[token.text], token.text)
        if token.kind == "name":
            if self.word() != "(":
                return Name(token.at, token.text)
            at = self._take().at
            return Call(at, token.text, None, self._list(")"))
        if token.text == "(":
            node = self.expression()
            self._expect(")")
            return node
        if token.text == "[":
            return Items(token.at, self._list("]"))
        if token.text == "{":
            return Entries(token.at, self._entries())
        raise Unreadable(token.text)

    def _list(self, closing: str) -> tuple[Node, ...]:
        return tuple(self._separated(closing, self._item))

    def _entries(self) -> tuple[tuple[Node, Node], ...]:
        def entry() -> tuple[Node, Node]:
            key = self._item()
            self._expect(":")
            return key, self.expression()

        return tuple(self._separated("}", entry))

    def _item(self) -> Node:
        if self.word() == "?":
            raise Unreadable("an optional item")
        return self.expression()

    def _separated(self, closing: str, one: Callable[[], _One]) -> list[_One]:
        found = []
        while self.word() != closing:
            found.append(one())
            if self.word() != closing:
                self._expect(",")
        self._take()
        return found

    def _take(self) -> Token:
        if self._next == len(self._words):
            raise Unreadable("the end")
        self._next += 1
        return self._words[self._next - 1]

    def _expect(self, word: str) -> None:
        if self._take().text != word:
            raise Unreadable(word)


def _meant(match: re.Match[str]) -> str:
    number = match[1] or match[2] or match[3]
    if number or match[4]:
        return chr(int(number, 16) if number else int(match[4], 8))
    return _SIGNS.get(match[5], match[5])


def _kind(token: Token) -> str:
    if token.kind == "text":
        quote = min(place for place in (token.text.find('"'), token.text.find("'")) if place >= 0)
        return "bytes" if "b" in token.text[:quote].lower() else "string"
    text = token.text.lower()
    if text.endswith("u"):
        return "uint"
    return "int" if text.startswith("0x") or not set(text) & set(".e") else "double"
