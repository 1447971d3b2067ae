"""How the fields of an object are called in CEL: what the language has no letters or other plans for is escaped."""

from __future__ import annotations

import re

_KEYWORDS = frozenset(
    (
        "true",
        "false",
        "null",
        "in",
        "as",
        "break",
        "const",
        "continue",
        "else",
        "for",
        "function",
        "if",
        "import",
        "let",
        "loop",
        "package",
        "namespace",
        "return",
        "var",
        "void",
        "while",
    )
)
_ACCESSIBLE = re.compile(r"[a-zA-Z_./-][a-zA-Z0-9_./-]*", re.ASCII)
_ESCAPES = {"__": "__underscores__", ".": "__dot__", "-": "__dash__", "/": "__slash__"}


def escaped(name: str) -> str | None:
    """A field's name in CEL; None for one that cannot be reached."""
    if name in _KEYWORDS:
        return f"__{name}__"
    if _ACCESSIBLE.fullmatch(name) is None:
        return None
    return re.sub(r"__|[./-]", lambda match: _ESCAPES[match[0]], name)
