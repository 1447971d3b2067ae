"""Semantic versions: ``semver("1.2.3").isLessThan(semver("2.0.0"))``."""

from __future__ import annotations

import re
from typing import Any

KIND = "semver"
"""The one field of a version's value in CEL: its text."""
_NUMBER = r"(0|[1-9]\d*)"
_PART = r"(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)"
_VERSION = re.compile(
    rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-({_PART}(?:\.{_PART})*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?", re.ASCII
)


def semver(text: str, loose: bool = False) -> dict[str, str]:
    """The version that a text is; ``loose`` forgives a v before it, zeros and missing numbers. Raises ValueError."""
    text = _strict(text) if loose else text
    if _VERSION.fullmatch(text) is None:
        raise ValueError(f"Invalid character(s) found in version {text!r}" if text else "Version string empty")
    return {KIND: text}


def is_semver(text: str, loose: bool = False) -> bool:
    """Whether a text is a version."""
    return _VERSION.fullmatch(_strict(text) if loose else text) is not None


def part(number: int) -> Any:
    """The function that takes the major (0), minor (1) or patch (2) number of a version."""
    return lambda value: _key(value)[number]


def compare(value: Any, other: Any) -> int:
    """-1, 0 or 1, as the first is before, the same as or after the second; what is built of it does not count."""
    first, second = _key(value), _key(other)
    return (first > second) - (first < second)


def _key(value: Any) -> tuple[int, int, int, tuple[tuple[bool, int, str], ...]]:
    match = _VERSION.fullmatch(value[KIND])
    assert match is not None
    parts = match[4].split(".") if match[4] else []
    before = tuple((not text.isdigit(), int(text) if text.isdigit() else 0, text) for text in parts)
    return int(match[1]), int(match[2]), int(match[3]), before or ((True, 1, ""),)  # a release is after what led to it


def _strict(text: str) -> str:
    numbers = text.removeprefix("v").split(".", 2)
    found = [re.sub(r"^0+(?=\d)", "", number) for number in numbers]
    if len(found) < 3:
        last, sign, rest = re.fullmatch(r"([^-+]*)([-+]?)(.*)", found[-1], re.DOTALL).groups()  # type: ignore[union-attr]
        if sign:
            return text
        found = [*found[:-1], last + rest, *["0"] * (3 - len(found))]
    return ".".join(found)
