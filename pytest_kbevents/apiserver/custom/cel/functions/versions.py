"""Semantic versions: ``semver("1.2.3").isLessThan(semver("2.0.0"))``."""

from __future__ import annotations

import re
from typing import Any

from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.custom.cel.functions.reading import reads

KIND = "semver"
"""The one field of a version's value in CEL: its text, that of how it was built left out."""
_WORDS = ("major", "minor", "patch")


def semver(text: str, loose: bool = False) -> dict[str, str]:
    """The version that a text is; ``loose`` forgives a v before it, zeros and missing numbers. Raises ValueError."""
    return {KIND: _checked(_strict(text) if loose else text)}


def is_semver(text: str, loose: bool = False) -> bool:
    """Whether a text is a version."""
    return reads(semver, text, loose)


def part(number: int) -> Any:
    """The function that takes the major (0), minor (1) or patch (2) number of a version."""
    return lambda value: _key(value)[number]


def compare(value: Any, other: Any) -> int:
    """-1, 0 or 1, as the first is before, the same as or after the second; what is built of it does not count."""
    first, second = _key(value), _key(other)
    return (first > second) - (first < second)


def _key(value: Any) -> tuple[int, int, int, tuple[tuple[bool, int, str], ...]]:
    text, _, before = value[KIND].partition("-")
    major, minor, patch = map(int, text.split("."))
    parts = before.split(".") if before else []
    order = tuple((not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts)
    return major, minor, patch, order or ((True, 1, ""),)  # a release is after what led to it


def _checked(text: str) -> str:
    """The version without how it was built. Raises ValueError."""
    if not text:
        raise ValueError("Version string empty")
    numbers = text.split(".", 2)
    if len(numbers) != 3:
        raise ValueError("No Major.Minor.Patch elements found")
    rest, plus, build = numbers[2].partition("+")
    numbers[2], minus, before = rest.partition("-")
    for word, number in zip(_WORDS, numbers, strict=True):
        if not number.isascii() or not number.isdigit():
            raise ValueError(f"Invalid character(s) found in {word} number {gotext.quoted(number)}")
        if len(number) > 1 and number.startswith("0"):
            raise ValueError(f"{word.title()} number must not contain leading zeroes {gotext.quoted(number)}")
    if minus:
        _check_parts(before, "prerelease", "Prerelease is empty")
        for part in before.split("."):
            if part.isdigit() and len(part) > 1 and part.startswith("0"):
                raise ValueError(f"Numeric PreRelease version must not contain leading zeroes {gotext.quoted(part)}")
    if plus:
        _check_parts(build, "build meta data", "Build meta data is empty")
    return f"{'.'.join(numbers)}{minus}{before}"


def _check_parts(text: str, word: str, empty: str) -> None:
    """Raises ValueError."""
    for part in text.split("."):
        if not part:
            raise ValueError(empty)
        if re.fullmatch(r"[0-9A-Za-z-]+", part) is None:
            raise ValueError(f"Invalid character(s) found in {word} {gotext.quoted(part)}")


def _strict(text: str) -> str:
    numbers = text.removeprefix("v").split(".", 2)
    found = [re.sub(r"^0+(?=\d)", "", number) for number in numbers]
    if len(found) < 3:
        last, sign, rest = re.fullmatch(r"([^-+]*)([-+]?)(.*)", found[-1], re.DOTALL).groups()  # type: ignore[union-attr]
        if sign:
            return text
        found = [*found[:-1], last + rest, *["0"] * (3 - len(found))]
    return ".".join(found)
