"""Patterns that Go's regexp package would not compile, in its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from pytest_kbevents.apiserver.custom.checks import patterns
from pytest_kbevents.apiserver.validation.causes import Cause, invalid

_ESCAPE = re.compile(
    r"\\(?:[aftnrvAbBzdDsSwW]|[pP](?:[A-Z]|\{\^?\w+\})|x[0-9A-Fa-f]{2}|x\{[0-9A-Fa-f]+\}|0|[1-7][0-7]|[!-/:-@\[-`{-~\s])",
    re.DOTALL,
)
_QUOTED = re.compile(r"\\Q.*?(?:\\E|$)", re.DOTALL)
_CLASS = re.compile(r"\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]", re.DOTALL)
_REPEAT = re.compile(r"(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??")
_GROUP = re.compile(r"\((?:\?(?:P?<[A-Za-z_]\w*>|[imsU]*(?:-[imsU]+)?[:)]))?")
_RANGE = re.compile(r"(\\.|[^\\\]])-(\\.|[^\\\]])", re.DOTALL)
_MOST = 1000
"""Times that a part may be repeated."""


def check(schema: Mapping[str, Any], place: str) -> Iterator[Cause]:
    """What is wrong with a schema's pattern."""
    pattern = schema.get("pattern")
    if not pattern:
        return
    if told := problem(pattern):
        yield invalid(f"{place}.pattern", pattern, f"must be a valid regular expression, but isn't: {told}")
        return
    try:
        patterns.compiled(pattern)
    except re.error as error:
        yield invalid(f"{place}.pattern", pattern, f"is beyond this server, which knows Python's expressions: {error}")


@lru_cache(maxsize=512)
def problem(pattern: str) -> str:
    """What Go says of a pattern; ``""`` when it compiles."""
    try:
        _read(pattern)
    except ValueError as error:
        return f"error parsing regexp: {error}"
    return ""


def _read(pattern: str) -> None:
    """Raises ValueError."""
    at, depth, repeatable, repeated = 0, 0, False, ""
    while at < len(pattern):
        if match := _repeat(pattern, at):
            if not repeatable:
                raise ValueError(_nested(repeated, match[0]))
            _counted(match)
            at, repeatable, repeated = match.end(), False, match[0]
            continue
        letter, repeated = pattern[at], ""
        at, opened = _step(pattern, at)
        depth += opened
        if depth < 0:
            raise ValueError(f"unexpected ): `{pattern}`")
        repeatable = letter not in "(|"
    if depth:
        raise ValueError(f"missing closing ): `{pattern}`")


def _step(pattern: str, at: int) -> tuple[int, int]:
    """Past one part of a pattern, and how much deeper in groups. Raises ValueError."""
    match pattern[at]:
        case "\\":
            return _escaped(pattern, at), 0
        case "[":
            return _class(pattern, at), 0
        case "(":
            return _group(pattern, at)
        case ")":
            return at + 1, -1
    return at + 1, 0


def _repeat(pattern: str, at: int) -> re.Match[str] | None:
    return _REPEAT.match(pattern, at)


def _nested(before: str, operator: str) -> str:
    if before:
        return f"invalid nested repetition operator: `{before}{operator}`"
    return f"missing argument to repetition operator: `{operator}`"


def _counted(match: re.Match[str]) -> None:
    least, most = int(match[1] or 0), int(match[2] or match[1] or 0)
    if least > _MOST or most > _MOST or least > most:
        raise ValueError(f"invalid repeat count: `{match[0].rstrip('?')}`")


def _escaped(pattern: str, at: int) -> int:
    if quoted := _QUOTED.match(pattern, at):
        return quoted.end()
    if at + 1 == len(pattern):
        raise ValueError("trailing backslash at end of expression: ``")
    match = _ESCAPE.match(pattern, at)
    if match is None:
        length = 4 if pattern[at + 1] == "x" else 2
        raise ValueError(f"invalid escape sequence: `{pattern[at : at + length]}`")
    return match.end()


def _class(pattern: str, at: int) -> int:
    match = _CLASS.match(pattern, at)
    if match is None:
        raise ValueError(f"missing closing ]: `{pattern[at:]}`")
    for escape in re.finditer(r"\\.", match[0], re.DOTALL):
        _escaped(match[0], escape.start())
    for name in re.findall(r"\[:\^?(\w+):\]", match[0]):
        if name not in patterns.CLASSES:
            raise ValueError(f"invalid character class range: `[:{name}:]`")
    for part in _RANGE.finditer(re.sub(r"\[:\^?\w+:\]", "", match[0][1:-1])):
        if re.fullmatch(r"\\[dDsSwW]", part[2]):
            raise ValueError(f"invalid escape sequence: `{part[2]}`")
        if len(part[1]) == len(part[2]) == 1 and part[1] > part[2]:
            raise ValueError(f"invalid character class range: `{part[0]}`")
    return match.end()


def _group(pattern: str, at: int) -> tuple[int, int]:
    match = _GROUP.match(pattern, at)
    assert match is not None
    if match[0] == "(" and pattern[at + 1 : at + 2] == "?":
        named = pattern[at + 2 : at + 4] == "P<" or pattern[at + 2 : at + 3] == "<"
        if named and pattern[at + 2 : at + 4] not in ("<=", "<!"):
            end = pattern.find(">", at)
            raise ValueError(f"invalid named capture: `{pattern[at:] if end < 0 else pattern[at : end + 1]}`")
        raise ValueError(f"invalid or unsupported Perl syntax: `{pattern[at : at + 3]}`")
    return match.end(), 0 if match[0].endswith(")") else 1
