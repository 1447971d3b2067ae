"""Functions of texts (cel-go: ext/strings, and Kubernetes' regular expressions)."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.apiserver.custom.cel.functions import formatting
from pytest_kbevents.apiserver.custom.checks import patterns

_SPACE = " \t\n\v\f\r\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_TRUE, _FALSE = ("1", "t", "T", "true", "TRUE", "True"), ("0", "f", "F", "false", "FALSE", "False")


def to_bool(value: Any) -> bool:
    """What a text says of true and false. Raises ValueError."""
    if isinstance(value, bool):
        return value
    if value not in _TRUE and value not in _FALSE:
        raise ValueError("type conversion error from 'string' to 'bool'")
    return value in _TRUE


def size(value: Any) -> int:
    """The letters of a text, the bytes, the items of a list or the entries of a map."""
    return len(value)


def to_string(value: Any) -> str:
    """A value as text. Raises ValueError."""
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            raise ValueError("invalid UTF-8 in bytes, cannot convert to string") from None
    if isinstance(value, dict):  # an address, or a network: the one field of its value
        return str(*value.values())
    return formatting.text(value)


def char_at(text: str, index: int) -> str:
    """One character; ``""`` right behind the last."""
    _check_index(index, len(text))
    return text[index : index + 1]


def substring(text: str, start: int, end: int | None = None) -> str:
    """A part of a text."""
    end = len(text) if end is None else end
    if not 0 <= start <= len(text) or not 0 <= end <= len(text):
        raise ValueError(f"index out of range: {end if 0 <= start <= len(text) else start}")
    if start > end:
        raise ValueError(f"invalid substring range. start: {start}, end: {end}")
    return text[start:end]


def split(text: str, separator: str, limit: int = -1) -> list[str]:
    """The parts between separators, at most ``limit`` of them."""
    if limit in (0, 1):
        return [text][:limit]
    if not separator:
        return list(text) if limit < 0 else [*text[: limit - 1], *([text[limit - 1 :]] if text[limit - 1 :] else [])]
    return text.split(separator, limit - 1 if limit > 0 else -1)


def join(parts: list[str], separator: str = "") -> str:
    """One text of several."""
    return separator.join(parts)


def replace(text: str, old: str, new: str, limit: int = -1) -> str:
    """With the first ``limit`` of a part replaced."""
    return text.replace(old, new, limit)


def lower_ascii(text: str) -> str:
    """ASCII letters in lower case."""
    return "".join(char.lower() if char.isascii() else char for char in text)


def upper_ascii(text: str) -> str:
    """ASCII letters in upper case."""
    return "".join(char.upper() if char.isascii() else char for char in text)


def trim(text: str) -> str:
    """Without the blanks around it."""
    return text.strip(_SPACE)


def quote(text: str) -> str:
    """In double quotes, with what must be escaped."""
    escapes = {"\a": r"\a", "\b": r"\b", "\f": r"\f", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\v": r"\v"}
    escapes |= {"\\": r"\\", '"': r"\""}
    return '"' + "".join(escapes.get(char, char) for char in text) + '"'


def find(text: str, pattern: str) -> str:
    """The first match; ``""`` for none."""
    match = patterns.compiled(pattern).search(text)
    return match[0] if match else ""


def find_all(text: str, pattern: str, limit: int = -1) -> list[str]:
    """All matches, or the first ``limit`` of them."""
    found = [match[0] for match in patterns.compiled(pattern).finditer(text)]
    return found if limit < 0 else found[:limit]


def index_of(text: str, part: str, offset: int = 0) -> int:
    """Where a part first stands at or after an offset; -1 for nowhere."""
    _check_index(offset, len(text)) if part else None
    return text.find(part, offset)


def last_index_of(text: str, part: str, offset: int | None = None) -> int:
    """Where a part last begins at or before an offset; -1 for nowhere."""
    if offset is None:
        return text.rfind(part)
    _check_index(offset, len(text))
    return text.rfind(part, 0, offset + len(part))


def formatted(form: str, values: list[Any]) -> str:
    """``%s``, ``%d``, ``%f``, ``%e``, ``%x``... filled in."""
    from pytest_kbevents.apiserver.custom.cel.functions import formatting

    return formatting.formatted(form, values)


def _check_index(index: int, length: int) -> None:
    if not 0 <= index <= length:
        raise ValueError(f"index out of range: {index}")
