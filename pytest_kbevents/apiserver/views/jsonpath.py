"""JSONPath, as printer columns use it: ``.a.b[0]``, ``['x']``, ``[*]``, ``..a``, ``[?(@.type=="Ready")].status``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Step = Callable[[list[Any]], list[Any]]
_END = " \t\r\n.,[]$@{}"
_FIELD = re.compile(r"(?:\\.|[^" + re.escape(_END) + r"\\])*")
_KEY = re.compile(r"'([^']*)'")
_SLICE = re.compile(r"(-?\d*)(:-?\d*)?(:-?\d*)?")
_NUMBER = re.compile(r"[+-]?\d[\d.]*")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_FILTER = re.compile(r"([^!<>=]+)([!<>=]+)(.+)")
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


class PathError(ValueError):
    """A text that is no path, or a path that does not fit the value it is followed in."""


class JsonPath:
    """One path, ready to be followed."""

    def __init__(self, text: str) -> None:
        """Raises PathError when the text is no path."""
        self._steps = list(_steps(text))

    def find(self, value: Any) -> list[Any]:
        """All that the path leads to; missing fields lead nowhere. Raises PathError where it does not fit the value."""
        found = [value]
        for step in self._steps:
            found = step(found)
        return found


def _steps(text: str) -> Iterator[Step]:
    at = 0
    while at < len(text):
        step, at = _step(text, at)
        if step is not None:
            yield step


def _step(text: str, at: int) -> tuple[Step | None, int]:
    """The step that begins at a place, and where it ends."""
    if text.startswith("[?(", at):
        return _filter(text, at + 3)
    if text.startswith("..", at):
        return _recursive, at + 2 if text[at + 2 : at + 3] in ("", "[", "*") else at + 1
    if text[at] == "[":
        end = text.find("]", at)
        if end < 0:
            raise PathError("unterminated array")
        return _array(text[at + 1 : end]), end + 1
    if text[at] == ".":
        name = _matched(_FIELD, text, at + 1)
        plain = re.sub(r"\\(.)", r"\1", name)
        return (_all if name == "*" else _field(plain)), at + 1 + len(name)
    if text[at] in " @$":
        return None, at + 1
    return _constant(text, at)


def _constant(text: str, at: int) -> tuple[Step, int]:
    if quoted := _QUOTED.match(text, at):
        value: Any = re.sub(r"\\(.)", r"\1", quoted[1] if quoted[1] is not None else quoted[2])
        return (lambda _: [value]), quoted.end()
    if number := _NUMBER.match(text, at):
        numeric = float(number[0]) if "." in number[0] else int(number[0])
        return (lambda found: [numeric] * len(found)), number.end()
    word = _matched(_FIELD, text, at)
    if word not in ("true", "false"):
        raise PathError(
            f"unrecognized character in action: {text[at]!r}" if not word else f"unrecognized identifier {word}"
        )
    return (lambda found: [word == "true"] * len(found)), at + len(word)


def _matched(pattern: re.Pattern[str], text: str, at: int) -> str:
    match = pattern.match(text, at)
    assert match is not None, "the pattern matches the empty text"
    return match[0]


def _field(name: str) -> Step:
    def step(found: list[Any]) -> list[Any]:
        return [value[name] for value in found if isinstance(value, Mapping) and name in value]

    return step


def _all(found: list[Any]) -> list[Any]:
    return [item for value in found for item in _inside(value)]


def _recursive(found: list[Any]) -> list[Any]:
    reached = []
    for value in found:
        if inside := _inside(value):
            reached += [value, *_recursive(inside)]
    return reached


def _inside(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, list) else []


def _array(text: str) -> Step:
    if "," in text:
        parts = [_array(part.strip(" ")) for part in text.split(",")]
        return lambda found: [item for part in parts for item in part(found)]
    if key := _KEY.fullmatch(text):
        return _field(key[1])
    if text == "*":
        text = ":"
    match = _SLICE.fullmatch(text)
    if not text or match is None:
        raise PathError(f"invalid array index {text}")
    return _slice(*match.groups())


def _slice(first: str, second: str | None, third: str | None) -> Step:
    def number(part: str | None) -> int | None:
        digits = (part or "").removeprefix(":")
        return int(digits) if digits not in ("", "-") else None

    start, stop, step = number(first), number(second), number(third)

    def sliced(found: list[Any]) -> list[Any]:
        reached = []
        for value in found:
            if value is None:
                continue
            if not isinstance(value, list):
                raise PathError(f"{type(value).__name__} is not array or slice")
            if second is None:
                index = start or 0
                if not -len(value) <= index < len(value):
                    raise PathError(f"array index out of bounds: index {index}, length {len(value)}")
                reached.append(value[index])
            else:
                reached += value[slice(start, stop, step)]
        return reached

    return sliced


def _filter(text: str, at: int) -> tuple[Step, int]:
    end = _closing(text, at)
    inner = text[at:end]
    comparison = _FILTER.fullmatch(inner)
    if comparison is None:
        exists = JsonPath(inner)
        return (lambda found: [item for value in found for item in _inside_list(value) if exists.find(item)]), end + 2
    left, operator, right = JsonPath(comparison[1]), comparison[2], JsonPath(comparison[3])
    if operator not in _COMPARE:
        raise PathError(f"unrecognized filter operator {operator}")

    def passes(item: Any) -> bool:
        lefts, rights = left.find(item), right.find(item)
        if len(lefts) > 1 or len(rights) > 1:
            raise PathError("can only compare one element at a time")
        try:
            return bool(lefts and rights) and _COMPARE[operator](lefts[0], rights[0])
        except TypeError:
            raise PathError("incompatible types for comparison") from None

    return (lambda found: [item for value in found for item in _inside_list(value) if passes(item)]), end + 2


def _closing(text: str, at: int) -> int:
    """Where the ``)]`` of a filter stands, quoted texts aside."""
    while at < len(text):
        if quoted := _QUOTED.match(text, at):
            at = quoted.end()
        elif text[at] == ")":
            if text[at + 1 : at + 2] != "]":
                raise PathError("unclosed array expect ]")
            return at
        else:
            at += 1
    raise PathError("unterminated filter")


def _inside_list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise PathError(f"{value} is not array or slice and cannot be filtered")
    return value
