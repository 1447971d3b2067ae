"""What operators may be given: how each sort of operand is checked, and how an editor's schema says it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pytest_kbevents.scenario.matching import query
from pytest_kbevents.scenario.matching.backtracking import endless
from pytest_kbevents.scenario.matching.judged import ExpectationError, spelled
from pytest_kbevents.scenario.matching.order import rank

Path = tuple[str | int, ...]
Check = Callable[[Any, Path], None]
"""Checks an expectation at its place. Raises ExpectationError."""

_DIGITS = re.compile(r"\d{1,9}", re.ASCII)

DEEPEST = 100
"""Levels of an expectation: more are nobody's meaning."""

EXPECTED: Mapping[str, Any] = {"$ref": "#/definitions/expectation"}
"""How a schema says that any expectation may stand somewhere."""

OPERATED: Mapping[str, Any] = {"$ref": "#/definitions/operators"}
"""The same, where nothing but operators may."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A sort of operand. ``check(operand, path, expectation)`` raises ExpectationError; the last checks what is nested
    in it. ``schema`` is the JSON Schema of it, ``told`` the word for it in a table.
    """

    told: str
    check: Callable[[Any, Path, Check], None]
    schema: Mapping[str, Any]


def check_data(value: Any, path: Path) -> None:
    """Raises ExpectationError where something is not JSON, or too deep."""
    check_depth(path)
    if isinstance(value, Mapping):
        for key, item in value.items():
            check_key(key, path)
            check_data(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            check_data(item, (*path, index))
    else:
        check_scalar(value, path)


def check_depth(path: Path) -> None:
    """Raises ExpectationError beyond the deepest level."""
    if len(path) > DEEPEST:
        raise ExpectationError(path, f"this is nested more than {DEEPEST} levels deep")


def check_key(key: Any, path: Path) -> None:
    """Raises ExpectationError when a mapping's key is no text."""
    if not isinstance(key, str):
        raise ExpectationError(path, f"the key {spelled(key)} is no text: write it in quotes")


def check_scalar(value: Any, path: Path) -> None:
    """Raises ExpectationError when JSON has no such value."""
    if value is not None and not isinstance(value, (str, int, float)):
        raise ExpectationError(path, f"JSON has no {type(value).__name__}: write it as text, in quotes")


@lru_cache(maxsize=10_000)
def compiled(pattern: str) -> re.Pattern[str]:
    """A regular expression; what Python only warns of is let pass. Raises re.error or OverflowError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return re.compile(pattern)


@lru_cache(maxsize=10_000)
def _why_endless(pattern: str) -> str:
    try:
        return endless(compiled(pattern))
    except RecursionError:
        return "it is nested too deeply"


def _data(operand: Any, path: Path, _: Check) -> None:
    check_data(operand, path)


def _expectation(operand: Any, path: Path, check: Check) -> None:
    check(operand, path)


def _expectations(operand: Any, path: Path, check: Check) -> None:
    if not isinstance(operand, list):
        raise ExpectationError(path, f"{path[-1]} takes a list, not {spelled(operand)}: write [{spelled(operand)}]")
    for index, item in enumerate(operand):
        check(item, (*path, index))


def _alternatives(operand: Any, path: Path, check: Check) -> None:
    _expectations(operand, path, check)
    if not operand:
        raise ExpectationError(path, f"{path[-1]} takes a list that is not empty, for nothing can be in this one")


def _flag(operand: Any, path: Path, _: Check) -> None:
    if not isinstance(operand, bool):
        raise ExpectationError(path, f"{path[-1]} takes true or false, not {spelled(operand)}")


def _ranked(operand: Any, path: Path, _: Check) -> None:
    if rank(operand) is None:
        raise ExpectationError(
            path, f"{path[-1]} takes a number or a time such as 2026-01-01T00:00:00Z, not {spelled(operand)}"
        )


def _number_of(operand: Any, path: Path, check: Check) -> None:
    counts = type(operand) is int and operand >= 0
    if isinstance(operand, str) and _DIGITS.fullmatch(operand):
        return  # what a template makes of a number
    if not counts and not (isinstance(operand, Mapping) and operand):
        problem = f"{path[-1]} takes a number of items, or operators such as {{$ge: 1}}, not {spelled(operand)}"
        raise ExpectationError(path, problem)
    check(operand, path)
    if isinstance(operand, Mapping) and not all(key.startswith("$") for key in operand):
        raise ExpectationError(path, f"{path[-1]} takes operators such as {{$ge: 1}}: a number has no keys")


def _regex(operand: Any, path: Path, _: Check) -> None:
    _check_text(operand, path)
    try:
        compiled(operand)
    except re.error as error:
        at = "" if error.pos is None else f" at column {error.pos + 1}"
        problem = f"this regular expression does not parse: {error.msg}{at}; what is meant literally needs a backslash"
        raise ExpectationError(path, problem) from None
    except (OverflowError, RecursionError) as error:
        raise ExpectationError(path, f"this regular expression is beyond measure: {error}") from None
    if why := _why_endless(operand):
        problem = f"this regular expression may take for ever: {why}; say it with fewer repetitions in one another"
        raise ExpectationError(path, problem)


def _query(operand: Any, path: Path, _: Check) -> None:
    _check_text(operand, path)
    try:
        query.check(operand)
    except query.QueryError as error:
        raise ExpectationError(path, str(error)) from None


def _check_text(operand: Any, path: Path) -> None:
    if not isinstance(operand, str):
        raise ExpectationError(path, f"{path[-1]} takes text, not {spelled(operand)}: write it in quotes")


_TEXT = {"type": "string"}
_RANKED = {"type": ["number", "string"]}
_LIST = {"type": "array", "items": EXPECTED}
_DIGITS_OR_TEMPLATE = {**_TEXT, "pattern": r"^\d{1,9}$|\{\{|\{%"}
_COUNT = {"anyOf": [{"type": "integer", "minimum": 0}, _DIGITS_OR_TEMPLATE, OPERATED]}

DATA = Operand("data", _data, {})
EXPECTATION = Operand("an expectation", _expectation, EXPECTED)
EXPECTATIONS = Operand("a list of expectations", _expectations, _LIST)
ALTERNATIVES = Operand("a list of expectations", _alternatives, {**_LIST, "minItems": 1})
FLAG = Operand("true or false", _flag, {"type": "boolean"})
RANKED = Operand("a number or a time", _ranked, _RANKED)
NUMBER_OF = Operand("a number, or operators", _number_of, _COUNT)
REGEX = Operand("a regular expression", _regex, _TEXT)
QUERY = Operand("a JMESPath expression", _query, _TEXT)
