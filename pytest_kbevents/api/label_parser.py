"""Reads the text of a label selector, and says what is wrong with it in Kubernetes' words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pytest_kbevents.api import validity
from pytest_kbevents.errors import BadRequest

_TOKEN = re.compile(r"\s*(==|!=|=|!|>|<|,|\(|\)|[^\s=!<>,()]+|$)")
_OPERATORS = ("in", "notin", "=", "==", "!=", ">", "<")
_EXPECTED = "in, notin, =, ==, !=, gt, lt"
_SYMBOLS = ("==", "!=", "=", "!", ">", "<", ",", "(", ")", "")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One term of a label selector; ``values`` is None where only presence counts."""

    key: str
    values: frozenset[str] | None
    negated: bool = False
    compares: str = ""
    """``>`` or ``<``: as whole numbers."""

    def holds(self, labels: Mapping[str, str]) -> bool:
        """Kubernetes' rule: ``!=`` and ``notin`` hold for an object without the label too."""
        present = self.key in labels
        if self.compares:
            return present and self._compared(labels[self.key])
        matched = present if self.values is None else present and labels[self.key] in self.values
        return matched != self.negated

    def _compared(self, text: str) -> bool:
        assert self.values is not None
        (bound,) = self.values
        if not re.fullmatch(r"[+-]?\d+", text, re.ASCII):
            return False
        return int(text) > int(bound) if self.compares == ">" else int(text) < int(bound)


def requirements(text: str) -> list[Requirement]:
    """The terms of a selector. Raises BadRequest."""
    return _Parser(text).terms() if text.strip() else []


class _Parser:
    """One pass over the tokens; ``""`` is the end."""

    def __init__(self, text: str) -> None:
        self._tokens = [match[1] for match in _TOKEN.finditer(text)]
        if self._tokens[-1:] != [""]:
            self._tokens.append("")
        self._at = 0

    def terms(self) -> list[Requirement]:
        terms: list[Requirement] = []
        while True:
            found = self._peek()
            if found in _SYMBOLS and found != "!":
                raise BadRequest(f"found '{found}', expected: !, identifier, or 'end of string'")
            terms.append(self._term())
            found = self._next()
            if not found:
                return terms
            if found != ",":
                raise BadRequest(f"found '{found}', expected: ',' or 'end of string'")
            following = self._peek()
            if following != "!" and following in _SYMBOLS:
                raise BadRequest(f"found '{following}', expected: identifier after ','")

    def _term(self) -> Requirement:
        negated = self._peek() == "!"
        if negated:
            self._next()
        key = self._next()
        if key in _SYMBOLS:
            raise _unparsable(f"found '{key}', expected: identifier")
        _check_key(key)
        if negated or self._peek() in ("", ","):
            return Requirement(key, None, negated)
        operator = self._next()
        if operator not in _OPERATORS:
            raise _unparsable(f"found '{operator}', expected: {_EXPECTED}")
        values = self._set() if operator in ("in", "notin") else frozenset({self._exact()})
        _check_values(key, values)
        if operator in (">", "<"):
            _check_number(next(iter(values)))
            return Requirement(key, values, compares=operator)
        return Requirement(key, values, operator in ("notin", "!="))

    def _exact(self) -> str:
        found = self._peek()
        if found in ("", ","):
            return ""
        if found in _SYMBOLS:
            raise _unparsable(f"found '{found}', expected: identifier")
        return self._next()

    def _set(self) -> frozenset[str]:
        if (found := self._next()) != "(":
            raise _unparsable(f"found '{found}' expected: '('")
        values: set[str] = set()
        if self._peek() not in (")", ",") and self._peek() in _SYMBOLS:
            raise _unparsable(f"found '{self._peek()}', expected: ',', ')' or identifier")
        while True:
            values.add("" if self._peek() in (",", ")") else self._next())
            found = self._next()
            if found == ")":
                return frozenset(values)
            if found != ",":
                raise _unparsable(f"found '{found}', expected: ',' or ')'")

    def _peek(self) -> str:
        return self._tokens[self._at]

    def _next(self) -> str:
        found = self._tokens[self._at]
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return found


def _check_key(key: str) -> None:
    problems = list(validity.qualified(key))
    if problems:
        raise _unparsable(f'<nil>: Invalid value: "{key}": {"; ".join(problems)}')


def _check_values(key: str, values: frozenset[str]) -> None:
    for index, value in enumerate(sorted(values)):
        problems = list(validity.label_value(value))
        if problems:
            raise _unparsable(f'values[{index}][{key}]: Invalid value: "{value}": {"; ".join(problems)}')


def _check_number(value: str) -> None:
    if not re.fullmatch(r"[+-]?\d+", value, re.ASCII):
        rule = "for 'Gt', 'Lt' operators, the value must be an integer"
        raise _unparsable(f'values[0]: Invalid value: "{value}": {rule}')


def _unparsable(problem: str) -> BadRequest:
    return BadRequest(f"unable to parse requirement: {problem}")
