"""An expression's tokens: Kubernetes' functions with a dot in their name are given one that the library can look up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

NAMESPACES = ("sets", "format", "strings", "ip")
"""What stands before the dot in the names of functions."""
_TOKEN = re.compile(
    r"""(?P<blank>\s+|//[^\n]*)
    |(?P<text>[rRbB]{0,2}(?:\"\"\"(?:\\.|.)*?\"\"\"|'''(?:\\.|.)*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))
    |(?P<name>[A-Za-z_]\w*)
    |(?P<number>\d\w*(?:\.\d\w*)?)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of an expression; ``kind`` is text, name, number or other."""

    kind: str
    text: str
    at: int


def tokens(expression: str) -> list[Token]:
    """The words of an expression, blanks and comments left out."""
    found = (Token(match.lastgroup or "", match[0], match.start()) for match in _TOKEN.finditer(expression))
    return [token for token in found if token.kind != "blank"]


def rewritten(expression: str) -> str:
    """The expression as the library reads it: ``sets.contains(a, b)`` is ``sets__contains(a, b)``."""
    parts, end = [], 0
    for dot in _dots(tokens(expression)):
        parts += [expression[end : dot.at], "__"]
        end = dot.at + 1
    return "".join([*parts, expression[end:]])


def _dots(words: list[Token]) -> Iterator[Token]:
    """The dots that are part of a function's name."""
    padded = [Token("other", "", 0), *words]
    for before, space, dot, name, opening in zip(padded, words, words[1:], words[2:], words[3:], strict=False):
        spelled = space.text in NAMESPACES and before.text != "." and dot.text == "."
        if spelled and name.kind == "name" and opening.text == "(":
            yield dot
