"""An expression's tokens, and the expression as the library reads it.

Functions with a dot in their name are given one that the library can look up: ``sets.contains(a, b)`` becomes
``sets__contains(a, b)``. What it cannot read of optional values becomes functions: ``a.?b`` is
``a.optional__select("b")``, ``a[?0]`` ``a.optional__index(0)``, and ``a.optMap(x, f)`` a ``map`` of what there is.
Functions that the library has in another sense than cel-go are ours: ``size(a)`` is ``own__size(a)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

NAMESPACES = ("sets", "format", "strings", "ip", "lists")
"""What stands before the dot in the names of functions."""
_PARTS = ("getFullYear", "getMonth", "getDayOfYear", "getDayOfMonth", "getDate", "getDayOfWeek", "getHours")
_OWN = (
    "size",
    "string",
    "int",
    "double",
    "timestamp",
    "duration",
    *_PARTS,
    "getMinutes",
    "getSeconds",
    "getMilliseconds",
)
_OF_OPTIONAL = {"optMap": "optional__first", "optFlatMap": "optional__flat"}
_TOKEN = re.compile(
    r"""(?P<blank>\s+|//[^\n]*)
    |(?P<text>[rRbB]{0,2}(?:\"\"\"(?:\\.|.)*?\"\"\"|'''(?:\\.|.)*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))
    |(?P<name>[A-Za-z_]\w*)
    |(?P<number>0[xX][0-9a-fA-F]+[uU]?|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[uU]?)
    |(?P<other>&&|\|\||[=!<>]=|.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of an expression; ``kind`` is text, name, number or other."""

    kind: str
    text: str
    at: int

    @property
    def end(self) -> int:
        """Where the next begins, blanks aside."""
        return self.at + len(self.text)


_NOTHING = Token("", "", 0)


def tokens(expression: str) -> list[Token]:
    """The words of an expression, blanks and comments left out."""
    found = (Token(match.lastgroup or "", match[0], match.start()) for match in _TOKEN.finditer(expression))
    return [token for token in found if token.kind != "blank"]


def rewritten(expression: str) -> str:
    """The expression as the library reads it."""
    parts, end = [], 0
    for start, stop, text in sorted(_changes(tokens(expression))):
        parts += [expression[end:start], text]
        end = stop
    return "".join([*parts, expression[end:]])


def _changes(words: list[Token]) -> Iterator[tuple[int, int, str]]:
    """What is to be replaced: from where, up to where, by what."""
    padded = [*words, _NOTHING, _NOTHING, _NOTHING]
    for index, word in enumerate(words):
        before = words[index - 1] if index else _NOTHING
        following = padded[index + 1 : index + 4]
        if word.text in NAMESPACES and before.text != "." and _is_call(following):
            yield following[0].at, following[0].end, "__"
        elif word.text in _OWN and following[0].text == "(":
            yield word.at, word.at, "own__"
        elif word.text == "." and following[0].text == "?":
            yield word.at, following[1].end, f'.optional__select("{following[1].text}")'
        elif word.text == "[" and following[0].text == "?" and _is_operand(before):
            yield word.at, following[0].end, ".optional__index("
            yield from _closing(words, index, ")")
        elif word.text in _OF_OPTIONAL and before.text == "." and following[0].text == "(":
            yield word.at, word.end, "optional__items().map"
            yield from _closing(words, index + 1, f").{_OF_OPTIONAL[word.text]}()")


def _is_call(words: list[Token]) -> bool:
    """A dot, a name and a bracket."""
    return words[0].text == "." and words[1].kind == "name" and words[2].text == "("


def _is_operand(word: Token) -> bool:
    """What is behind a word is said of it: brackets are an index, not a list."""
    return word.text in (")", "]", "}") or (word.kind in ("name", "text") and word.text != "in")


def _closing(words: list[Token], opening: int, text: str) -> Iterator[tuple[int, int, str]]:
    """The change of the bracket that closes what a word opens; none where there is none."""
    depth = 0
    for word in words[opening:]:
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(word.text, 0)
        if not depth:
            yield word.at, word.end, text
            return
