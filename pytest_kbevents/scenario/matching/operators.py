"""The operators: what each asks of a value. What they say of themselves here is what the reference says."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.api.objects import same
from pytest_kbevents.scenario.matching import operands, query
from pytest_kbevents.scenario.matching.judged import Asked, Judged, inapplicable, spelled, verdict
from pytest_kbevents.scenario.matching.operands import Operand
from pytest_kbevents.scenario.matching.order import rank
from pytest_kbevents.scenario.matching.unordered import unordered

_Function = Callable[[Asked, Any], Judged]


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator. ``nests``: what it saw is shown under its own name, for it is not the value itself.
    ``beside``: the operator that it completes, and that judges it; "" for one that stands for itself.
    """

    says: str
    operand: Operand
    judge: _Function
    nests: bool = False
    beside: str = ""


OPERATORS: dict[str, Operator] = {}
"""All operators, by name."""


def is_operator(expectation: Mapping[str, Any]) -> bool:
    """Whether a mapping holds operators, and no keys to look at."""
    return bool(expectation) and all(key.startswith("$") for key in expectation)


def _operator(
    name: str, operand: Operand, *, nests: bool = False, beside: str = ""
) -> Callable[[_Function], _Function]:
    def declare(judge: _Function) -> _Function:
        OPERATORS[name] = Operator(" ".join((judge.__doc__ or "").split()), operand, judge, nests, beside)
        return judge

    return declare


@_operator("$eq", operands.DATA)
def _eq(asked: Asked, value: Any) -> Judged:
    """The value is exactly this: the whole of it, keys that begin with `$` too."""
    return verdict(same(asked.operand, value), value)


@_operator("$ne", operands.DATA)
def _ne(asked: Asked, value: Any) -> Judged:
    """The value is not exactly this."""
    return verdict(not same(asked.operand, value), value)


@_operator("$contains", operands.EXPECTATION)
def _contains(asked: Asked, value: Any) -> Judged:
    """A text has this text in it; a list has an item that matches this; a mapping has this key."""
    if isinstance(value, list):
        found = [asked.judge(asked.operand, item) for item in value]
        nearest = min((max(1, judged.misses) for judged in found), default=1)
        held = any(judged.misses == 0 for judged in found)
        return Judged(0 if held else nearest, [judged.seen for judged in found])
    if not isinstance(value, (str, Mapping)):
        return inapplicable(value, "has nothing in it")
    if not isinstance(asked.operand, str):
        return inapplicable(value, f"cannot contain {spelled(asked.operand)}")
    return verdict(asked.operand in value, value if isinstance(value, str) else sorted(value))


@_operator("$regex", operands.REGEX)
def _regex(asked: Asked, value: Any) -> Judged:
    """A text matches this regular expression (Python's `re`) somewhere."""
    if not isinstance(value, str):
        return inapplicable(value, "is no text")
    return verdict(operands.compiled(asked.operand).search(value) is not None, value)


@_operator("$absent", operands.FLAG)
def _absent(asked: Asked, value: Any) -> Judged:
    """true: nothing is there, or null; false: something is there."""
    return verdict((value is None) == asked.operand, value)


@_operator("$gt", operands.RANKED)
def _gt(asked: Asked, value: Any) -> Judged:
    """The value is greater, or later, than this. Text that is a number is compared as one, exactly."""
    return _ranked(asked.operand, value, lambda order: order > 0)


@_operator("$ge", operands.RANKED)
def _ge(asked: Asked, value: Any) -> Judged:
    """The value is this or greater, or later."""
    return _ranked(asked.operand, value, lambda order: order >= 0)


@_operator("$lt", operands.RANKED)
def _lt(asked: Asked, value: Any) -> Judged:
    """The value is less, or earlier, than this."""
    return _ranked(asked.operand, value, lambda order: order < 0)


@_operator("$le", operands.RANKED)
def _le(asked: Asked, value: Any) -> Judged:
    """The value is this or less, or earlier."""
    return _ranked(asked.operand, value, lambda order: order <= 0)


@_operator("$in", operands.ALTERNATIVES)
def _in(asked: Asked, value: Any) -> Judged:
    """The value matches one of these."""
    return Judged(min(asked.judge(item, value).misses for item in asked.operand), value)


@_operator("$not", operands.EXPECTATION, nests=True)
def _not(asked: Asked, value: Any) -> Judged:
    """The value does not match this."""
    inner = asked.judge(asked.operand, value)
    return verdict(inner.misses > 0, inner.seen)


@_operator("$length", operands.NUMBER_OF, nests=True)
def _length(asked: Asked, value: Any) -> Judged:
    """The number of items of a list, or of keys of a mapping, is this."""
    if not isinstance(value, (list, Mapping)):
        return inapplicable(value, "has no items")
    wanted = int(asked.operand) if isinstance(asked.operand, str) else asked.operand
    return asked.judge(wanted, len(value))


@_operator("$all", operands.EXPECTATION, nests=True)
def _all(asked: Asked, value: Any) -> Judged:
    """Each item of a list matches this; of an empty list nothing can be said, so that it does not hold."""
    if not isinstance(value, list):
        return inapplicable(value, "is no list")
    found = [asked.judge(asked.operand, item) for item in value]
    wrong = [judged for judged in found if judged.misses]
    shown = [judged.seen for judged in wrong or found]
    return Judged(sum(judged.misses for judged in wrong) if found else 1, shown)


@_operator("$unordered", operands.EXPECTATIONS, nests=True)
def _unordered(asked: Asked, value: Any) -> Judged:
    """A list has exactly these items, in any order: each expectation is matched with an item of its own."""
    if not isinstance(value, list):
        return inapplicable(value, "is no list")
    return unordered(asked.operand, value, asked.judge)


@_operator("$jmespath", operands.QUERY, nests=True)
def _jmespath(asked: Asked, value: Any) -> Judged:
    """What this JMESPath expression finds matches `$is`; without `$is`, it is neither false, null nor empty."""
    try:
        found = query.search(asked.operand, value)
    except query.QueryError as error:
        return Judged(1, f"cannot be asked: {error}")
    if "$is" in asked.beside:
        return asked.judge(asked.beside["$is"], found)
    return verdict(found not in (None, "", [], {}) and found is not False, found)


@_operator("$is", operands.EXPECTATION, beside="$jmespath")
def _is(asked: Asked, value: Any) -> Judged:
    """What `$jmespath` beside it finds matches this."""
    return asked.judge(asked.operand, value)


@_operator("$json", operands.EXPECTATION, nests=True)
def _json(asked: Asked, value: Any) -> Judged:
    """A text is JSON, and its data matches this."""
    if not isinstance(value, str):
        return inapplicable(value, "is no text")
    try:
        data = json.loads(value, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        return inapplicable(value, "is no JSON")
    return asked.judge(asked.operand, data)


def _ranked(operand: Any, value: Any, holds: Callable[[int], bool]) -> Judged:
    at, limit = rank(value), rank(operand)
    if at is None or limit is None or at.kind != limit.kind:
        return inapplicable(value, f"cannot be compared with {spelled(operand)}")
    return verdict(holds(at.compared(limit)), value)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _refuse(constant: str) -> None:
    raise ValueError(constant)
