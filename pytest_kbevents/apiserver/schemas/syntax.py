"""What is wrong with a JSON text, as Go's decoder says it."""

from __future__ import annotations

import json

_END = "unexpected end of JSON input"
_LITERALS = {"t": "true", "f": "false", "n": "null"}
_PLACES = {
    "Expecting value": "looking for beginning of value",
    "Expecting property name enclosed in double quotes": "looking for beginning of object key string",
    "Illegal trailing comma before end of object": "looking for beginning of object key string",
    "Illegal trailing comma before end of array": "looking for beginning of value",
    "Expecting ':' delimiter": "after object key",
    "Extra data": "after top-level value",
    "Invalid control character at": "in string literal",
    "Invalid \\escape": "in string escape code",
    "Invalid \\uXXXX escape": "in \\u hexadecimal character escape",
}


def problem(error: json.JSONDecodeError) -> str:
    """The error of Python's decoder in Go's words."""
    text, at = error.doc, error.pos
    if error.msg.startswith("Illegal trailing comma"):
        at += len(text[at + 1 :]) - len(text[at + 1 :].lstrip()) + 1
    if at >= len(text) or error.msg.startswith("Unterminated string"):
        return _END
    place = next((words for key, words in _PLACES.items() if error.msg.startswith(key)), "")
    if error.msg.startswith("Expecting ',' delimiter"):
        place = "after object key:value pair" if _innermost(text[:at]) == "{" else "after array element"
    if error.msg.startswith("Invalid \\"):
        at += 1
    if text[at] in _LITERALS and place == _PLACES["Expecting value"]:
        return _in_literal(text[at:])
    return f"invalid character {_shown(text[at])} {place or 'looking for beginning of value'}"


def summary(text: bytes) -> str:
    """The text, as Go's handlers quote it: of what is no object, the bytes."""
    if not text:
        return "<empty>"
    if not text.startswith(b"{"):
        return text.hex() if len(text) <= 30 else f"{text[:30].hex()} ..."
    decoded = text[:30].decode("utf-8", "replace")
    return decoded if len(text) <= 30 else f"{decoded} ..."


def _in_literal(text: str) -> str:
    word = _LITERALS[text[0]]
    for index, expected in enumerate(word):
        if index >= len(text):
            return _END
        if text[index] != expected:
            return f"invalid character {_shown(text[index])} in literal {word} (expecting {_shown(expected)})"
    return _END


def _innermost(text: str) -> str:
    """The bracket that is open at the end of a text that is right so far."""
    opened: list[str] = []
    quoted = escaped = False
    for char in text:
        if quoted:
            quoted, escaped = escaped or char != '"', not escaped and char == "\\"
        elif char == '"':
            quoted = True
        elif char in "{[":
            opened.append(char)
        elif char in "}]":
            opened.pop()
    return opened[-1] if opened else ""


def _shown(char: str) -> str:
    special = {"'": "\\'", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\"}
    written = special.get(char) or (char if char.isprintable() else f"\\u{ord(char):04x}")
    return f"'{written}'"
