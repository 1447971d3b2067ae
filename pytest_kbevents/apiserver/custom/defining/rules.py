"""The CEL rules of a schema: what is written of them, and whether they compile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.custom.cel import checker
from pytest_kbevents.apiserver.custom.cel.costs import limits
from pytest_kbevents.apiserver.custom.cel.costs.limits import Budget
from pytest_kbevents.apiserver.custom.cel.library import NotCompiled
from pytest_kbevents.apiserver.custom.cel.typed import declared
from pytest_kbevents.apiserver.custom.cel.typed.kinds import Type
from pytest_kbevents.apiserver.custom.checks import paths
from pytest_kbevents.apiserver.custom.checks.paths import BadPath
from pytest_kbevents.apiserver.custom.defining import printed
from pytest_kbevents.apiserver.validation.causes import Cause, forbidden, invalid, required, unsupported

Schema = Mapping[str, Any]
_RULES = "x-kubernetes-validations"
_REASONS = ("FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired")
_NO_TYPE = (
    "Internal error: internal error: failed to construct type information for x-kubernetes-validations rules: unable "
    "to convert structural schema to CEL declarations"
)
_BREAK = re.compile(r"[\n\r]")


def written(schema: Schema, place: str) -> Iterator[Cause]:
    """What is wrong with what is written beside the expressions."""
    for index, rule in enumerate(schema.get(_RULES) or ()):
        at = f"{place}.{_RULES}[{index}]"
        yield from _told(rule, at)
        expression, reason = rule.get("messageExpression") or "", rule.get("reason")
        if expression and not expression.strip():
            yield required(f"{at}.messageExpression", "messageExpression must be non-empty if specified")
        if reason is not None and reason not in _REASONS:
            yield unsupported(f"{at}.reason", reason, _REASONS)
        if path := rule.get("fieldPath") or "":
            yield from _path(path, schema, f"{at}.fieldPath")


def _told(rule: Mapping[str, Any], place: str) -> Iterator[Cause]:
    text, given = (rule.get("rule") or "").strip(), rule.get("message") or ""
    message = given.strip()
    if not text:
        yield required(f"{place}.rule", "rule is not specified")
    elif given and not message:
        yield invalid(f"{place}.message", given, "must be non-empty if specified")
    elif _BREAK.search(message):
        yield invalid(f"{place}.message", given, "must not contain line breaks")
    elif _BREAK.search(text) and not message:
        yield required(f"{place}.message", "message must be specified if rule contains line breaks")


def _path(path: str, schema: Schema, place: str) -> Iterator[Cause]:
    if not path.strip():
        yield invalid(place, path, "must be non-empty if specified")
    if _BREAK.search(path):
        yield invalid(place, path, "must not contain line breaks")
    try:
        paths.resolve(path, schema)
    except BadPath:
        yield invalid(place, path, "must be a valid path")


@dataclass(frozen=True, slots=True)
class Rules:
    """Where rules stand."""

    place: str
    ends: str
    """Where what was before can no longer be told; ``""`` nowhere."""
    count: int | None
    """How many values are asked about in one object; None for no bound."""
    budget: Budget

    def check(self, schema: Schema, *, root: bool) -> Iterator[Cause]:
        """What is wrong with a schema's expressions. ``root`` has what every object has."""
        if not schema.get(_RULES):
            return
        whole = declared.of(schema, root=root)
        if whole is None:
            yield Cause("InternalError", f"{self.place}.{_RULES}", _NO_TYPE)
            return
        for index, rule in enumerate(schema[_RULES]):
            yield from self._rule(rule, whole, f"{self.place}.{_RULES}[{index}]")

    def _rule(self, rule: Mapping[str, Any], whole: Type, place: str) -> Iterator[Cause]:
        optional, uses_old = rule.get("optionalOldSelf"), False
        try:
            checked = checker.rule(rule["rule"], whole, optional=bool(optional))
        except NotCompiled as error:
            yield _refused(f"{place}.rule", rule, str(error))
        else:
            uses_old = checked.uses_old
            cost = limits.repeated(checked.cost, self.count, whole.smallest)
            yield from self._spend(f"{place}.rule", "estimated rule cost", cost)
            yield from self._message(rule, whole, place)
        if uses_old and self.ends:
            told = f"oldSelf cannot be used on the uncorrelatable portion of the schema within {self.ends}"
            yield invalid(f"{place}.rule", rule["rule"], told)
        elif not uses_old and optional is not None:
            yield invalid(f"{place}.optionalOldSelf", optional, "may not be set if oldSelf is not used in rule")

    def _message(self, rule: Mapping[str, Any], whole: Type, place: str) -> Iterator[Cause]:
        expression, place = rule.get("messageExpression"), f"{place}.messageExpression"
        if not expression:
            return
        try:
            checked = checker.message(expression, whole, optional=bool(rule.get("optionalOldSelf")))
        except NotCompiled as error:
            yield _refused(place, rule, str(error))
        else:
            yield from self._spend(place, "estimated messageExpression cost", checked.cost)

    def _spend(self, place: str, what: str, cost: int) -> Iterator[Cause]:
        if cost > limits.ONE_EXPRESSION:
            yield forbidden(place, limits.exceeded(what, cost, limits.ONE_EXPRESSION))
        self.budget.spend(cost, place)


def _refused(place: str, rule: Mapping[str, Any], told: str) -> Cause:
    return Cause("FieldValueInvalid", place, f"Invalid value: {gotext.json_of(printed.rule(rule))}: {told}")
