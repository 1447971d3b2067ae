"""What a schema says of numbers and texts."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.custom.checks import findings, patterns
from pytest_kbevents.apiserver.custom.checks.findings import Problem

_BOUNDS = {"int32": 2**31}
_LARGEST = 2**63


def of_text(value: str, schema: Mapping[str, Any], path: str) -> Problem | None:
    """The first thing that is wrong with a text: too long, too short, or not like its pattern."""
    length, most, least = len(value), schema.get("maxLength"), schema.get("minLength")
    if most is not None and length > most:
        return findings.too_long(path, most)
    if least is not None and length < least:
        return findings.invalid(path, value, f"should be at least {least} chars long")
    pattern = schema.get("pattern")
    if pattern and patterns.compiled(pattern).search(value) is None:
        return findings.invalid(path, value, f"should match '{pattern}'")
    return None


def of_number(value: float, schema: Mapping[str, Any], typed: tuple[str, str], path: str) -> Iterator[Problem]:
    """All that is wrong with a number. ``typed`` is the one type that it may be of, and the format."""
    if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        value = float(value)
    yield from _of_range(value, typed, "Checked", path)
    factor = schema.get("multipleOf")
    if factor is not None:
        beyond = list(_of_range(factor, typed, "MultipleOf", path))
        yield from beyond or _of_factor(value, _like(factor, value), path)
        if beyond:
            yield from _of_factor(float(value), float(factor), path)
    for word, exclusive, above in (("minimum", "exclusiveMinimum", False), ("maximum", "exclusiveMaximum", True)):
        limit = schema.get(word)
        if limit is None:
            continue
        beyond = list(_of_range(limit, typed, f"{word.title()} boundary", path))
        yield from beyond
        given, bound = (float(value), float(limit)) if beyond else (value, _like(limit, value))
        strictly = bool(schema.get(exclusive))
        if (given > bound if above else given < bound) or (strictly and given == bound):
            than = ("less" if above else "greater") + " than" + ("" if strictly else " or equal to")
            yield findings.invalid(path, given, f"should be {than} {gotext.number(bound)}")


def _like(bound: float, value: float) -> float:
    """A bound for a value: whole numbers are compared with whole numbers, whatever is behind the point."""
    return int(bound) if isinstance(value, int) else float(bound)


def _of_factor(value: float, factor: float, path: str) -> Iterator[Problem]:
    if factor <= 0:
        yield findings.not_positive(path, factor)
    elif value % factor if isinstance(value, int) and isinstance(factor, int) else not _whole(value, factor):
        yield findings.invalid(path, value, f"should be a multiple of {gotext.number(factor)}")


def _whole(value: float, factor: float) -> bool:
    times = 1 / factor * value if factor < 1 else value / factor
    return abs(times - round(times)) <= 1e-9 * max(1.0, abs(times))


def _of_range(value: float, typed: tuple[str, str], what: str, path: str) -> Iterator[Problem]:
    """Whether a number, or a bound for one, can be of the type at all."""
    kind, form = typed
    if kind == "integer":
        fits = value == int(value) and -_BOUNDS.get(form, _LARGEST) <= value < _BOUNDS.get(form, _LARGEST)
    else:
        fits = form != "float" or _is_float32(value)
    if not fits:
        told = f"with format {form}" if form else "(default format)"
        yield findings.combined(f"{what} value must be of type {kind} {told} in {path}")


def _is_float32(value: float) -> bool:
    try:
        struct.pack("f", value)
    except OverflowError:
        return False
    return True
