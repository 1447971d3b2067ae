"""Holding a value against an expectation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_kbevents.api.objects import same
from pytest_kbevents.scenario.check import unknown
from pytest_kbevents.scenario.matching.judged import Asked, Comparison, ExpectationError, Judged
from pytest_kbevents.scenario.matching.operands import Path, check_depth, check_key, check_scalar
from pytest_kbevents.scenario.matching.operators import OPERATORS, is_operator

__all__ = ["Comparison", "ExpectationError", "checked", "compare"]


def checked(expectation: Any) -> None:
    """Raises ExpectationError at the first place that makes no sense: what passes can be compared with anything."""
    _check(expectation, ())


def compare(expectation: Any, actual: Any) -> Comparison:
    """Hold ``actual`` (JSON; None when it is not there) against an expectation that ``checked`` lets pass.

    ``seen`` is the part of ``actual`` that the expectation speaks of: what is not there is None, and so is all that
    would be in it; where an operator stands, the value that it looked at, or why it could not.
    """
    judged = _judged(expectation, actual)
    return Comparison(judged.misses == 0, expectation, judged.seen, judged.misses)


def _check(expectation: Any, path: Path) -> None:
    check_depth(path)
    if isinstance(expectation, Mapping):
        for key in expectation:
            check_key(key, path)
        _check_mapping(expectation, path)
    elif isinstance(expectation, list):
        for index, item in enumerate(expectation):
            _check(item, (*path, index))
    else:
        check_scalar(expectation, path)


def _check_mapping(expectation: Mapping[str, Any], path: Path) -> None:
    operators = [key for key in expectation if key.startswith("$")]
    if len(operators) == len(expectation):
        _check_operators(expectation, path)
    elif operators:
        key = operators[0]
        problem = f"{key} is an operator, and operators do not stand beside keys"
        raise ExpectationError((*path, key), f"{problem}; data with such a key is compared with $eq")
    else:
        for key, item in expectation.items():
            _check(item, (*path, key))


def _check_operators(given: Mapping[str, Any], path: Path) -> None:
    for name, operand in given.items():
        at = (*path, name)
        if name not in OPERATORS:
            raise ExpectationError(at, unknown("operator", name, OPERATORS))
        operator = OPERATORS[name]
        if operator.beside and operator.beside not in given:
            raise ExpectationError(at, f"{name} stands beside {operator.beside}, and that is not here")
        check_depth(at)
        operator.operand.check(operand, at, _check)


def _judged(expectation: Any, actual: Any) -> Judged:
    if isinstance(expectation, Mapping):
        if is_operator(expectation):
            return _operated(expectation, actual)
        if actual is None or isinstance(actual, Mapping):
            return _keys(expectation, actual or {})
    elif isinstance(expectation, list) and isinstance(actual, list):
        return _items(expectation, actual)
    elif same(expectation, actual):
        return Judged(0, actual)
    return Judged(_size(expectation), actual)


def _keys(expectation: Mapping[str, Any], actual: Mapping[str, Any]) -> Judged:
    found = {key: _judged(item, actual.get(key)) for key, item in expectation.items()}
    misses = sum(judged.misses for judged in found.values())
    return Judged(misses, {key: judged.seen for key, judged in found.items()})


def _items(expectation: list[Any], actual: list[Any]) -> Judged:
    """A list of another length is shown whole."""
    found = [_judged(item, value) for item, value in zip(expectation, actual, strict=False)]
    misses = sum(judged.misses for judged in found)
    if len(expectation) == len(actual):
        return Judged(misses, [judged.seen for judged in found])
    missing = sum(_size(item) for item in expectation[len(actual) :])
    return Judged(misses + missing + max(0, len(actual) - len(expectation)), actual)


def _operated(given: Mapping[str, Any], actual: Any) -> Judged:
    completed = {OPERATORS[name].beside: name for name in given if OPERATORS[name].beside}
    found = {
        name: OPERATORS[name].judge(Asked(given[name], given, _judged), actual)
        for name in given
        if not OPERATORS[name].beside
    }
    misses = sum(judged.misses for judged in found.values())
    first, *rest = (judged.seen for judged in found.values())
    if not any(OPERATORS[name].nests for name in found) and all(seen is first for seen in rest):
        return Judged(misses, first)
    asked = {name: given[name] for name in completed}
    return Judged(misses, asked | {completed.get(name, name): judged.seen for name, judged in found.items()})


def _size(expectation: Any) -> int:
    """How many leaves it has: as many do not hold where nothing of it can; at least one."""
    if isinstance(expectation, Mapping) and not is_operator(expectation):
        return max(1, sum(map(_size, expectation.values())))
    if isinstance(expectation, list):
        return max(1, sum(map(_size, expectation)))
    return 1
