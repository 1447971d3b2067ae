"""One rule, and what is told when it does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pytest_kbevents.apiserver.custom.cel import library
from pytest_kbevents.apiserver.custom.cel.library import Failed, Program
from pytest_kbevents.apiserver.custom.checks import paths
from pytest_kbevents.apiserver.custom.checks.findings import NOWHERE
from pytest_kbevents.apiserver.custom.checks.paths import BadPath
from pytest_kbevents.apiserver.validation.causes import Cause, shown

_LONGEST = 5 * 1024
"""Bytes that the message of a messageExpression may have."""


@dataclass(frozen=True)
class Rule:
    """A rule as its schema has it."""

    source: Mapping[str, Any]
    schema: Mapping[str, Any]
    """The schema that the rule is of."""

    @property
    def kind(self) -> str:
        """The type that the schema says."""
        return str(self.schema.get("type", ""))

    @cached_property
    def program(self) -> Program:
        """Raises NotCompiled."""
        return library.compiled(self.source["rule"].strip())

    @property
    def uses_old(self) -> bool:
        """It compares with what was before."""
        return self.program.uses_old

    @property
    def old_is_optional(self) -> bool:
        """It says what holds when nothing was before, too."""
        return bool(self.source.get("optionalOldSelf"))

    @property
    def told(self) -> str:
        """What errors call it."""
        message: str = self.source.get("message") or ""
        return (message or self.source["rule"]).strip()

    def holds(self, variables: Mapping[str, Any]) -> bool:
        """Raises Failed."""
        result = self.program.evaluate(variables)
        if not isinstance(result, bool):
            raise Failed("cel expression must evaluate to a bool")
        return result

    def failed(self, path: str, error: Failed) -> Cause:
        """The cause of a rule that could not be computed."""
        if str(error).startswith("no such overload"):
            rule = "call arguments did not match a supported operator, function or macro signature for rule"
            detail = f"'{error}': {rule}: {self.told}"
        else:
            detail = f"{error} evaluating rule: {self.told}"
        return Cause("FieldValueInvalid", path, f'Invalid value: "{self.kind}": {detail}')

    def broken(self, path: str, value: Any, variables: Mapping[str, Any]) -> Cause:
        """The cause of a rule that does not hold for a value."""
        if self._blamed:
            path = self._blamed if path == NOWHERE else f"{path}.{self._blamed}"
        detail = self._message(variables)
        reason = self.source.get("reason") or "FieldValueInvalid"
        words = {"FieldValueForbidden": "Forbidden", "FieldValueRequired": "Required value"}
        if reason in words:
            return Cause(reason, path, f"{words[reason]}: {detail}")
        what = "Duplicate value" if reason == "FieldValueDuplicate" else "Invalid value"
        given = "" if self.kind in ("object", "array") else f": {shown(value)}"
        tail = "" if reason == "FieldValueDuplicate" else f": {detail}"
        return Cause(reason, path, f"{what}{given}{tail}")

    @cached_property
    def _blamed(self) -> str:
        """The path of the field below the rule's own that is to blame; ``""`` for its own."""
        path = self.source.get("fieldPath") or ""
        try:
            return paths.resolve(path, self.schema)[0]
        except BadPath:
            return ""

    def _message(self, variables: Mapping[str, Any]) -> str:
        expression = self.source.get("messageExpression")
        if expression:
            try:
                made = library.compiled(expression.strip()).evaluate(variables)
            except Failed:
                made = None
            text = made.strip() if isinstance(made, str) else ""
            if text and "\n" not in text and len(text.encode()) <= _LONGEST:
                return text
        return self.told if self.source.get("message") else f"failed rule: {self.told}"
