"""All rules of a schema, asked where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_kbevents.apiserver.custom.cel import library, values
from pytest_kbevents.apiserver.custom.cel.library import Failed
from pytest_kbevents.apiserver.custom.cel.rules import Rule
from pytest_kbevents.apiserver.custom.checks import correlation
from pytest_kbevents.apiserver.custom.checks.correlation import NOTHING
from pytest_kbevents.apiserver.custom.checks.findings import NOWHERE
from pytest_kbevents.apiserver.validation.causes import Cause

RULES = "x-kubernetes-validations"


@dataclass(slots=True)
class Validator:
    """The rules of one node of a schema, and of those below it."""

    schema: Mapping[str, Any]
    root: bool
    rules: list[Rule]
    fields: dict[str, Validator] = field(default_factory=dict)
    others: Validator | None = None
    items: Validator | None = None

    @classmethod
    def of(cls, schema: Any, *, root: bool = True) -> Validator | None:
        """The rules of a schema; None when it has none anywhere."""
        if not isinstance(schema, Mapping):
            return None
        rules = [Rule(source, schema) for source in schema.get(RULES) or ()]
        below = {name: cls.of(part, root=_is_root(part)) for name, part in (schema.get("properties") or {}).items()}
        fields = {name: part for name, part in below.items() if part is not None}
        others, items = cls._of_part(schema, "additionalProperties"), cls._of_part(schema, "items")
        if not (rules or fields or others or items):
            return None
        return cls(schema, root, rules, fields, others, items)

    def check(self, value: Any, old: Any = NOTHING, path: str = "", *, unchanged: bool = False) -> Iterator[Cause]:
        """What does not hold. ``old`` is what the value was; ``unchanged`` says so of what it is a part of."""
        if value is None:
            return
        if old is not NOTHING:
            unchanged = correlation.equal(value, old, self.schema)
        yield from self._own(value, old, path or NOWHERE, unchanged=unchanged)
        if isinstance(value, dict):
            yield from self._below(value, old, path, unchanged=unchanged)
        elif isinstance(value, list) and self.items is not None:
            before = correlation.of_items(value, old, self.schema)
            for index, item in enumerate(value):
                yield from self.items.check(item, before[index], f"{path}[{index}]", unchanged=unchanged)

    def _below(self, value: dict[str, Any], old: Any, path: str, *, unchanged: bool) -> Iterator[Cause]:
        for name, item in value.items():
            part = self.fields.get(name)
            if part is not None:
                inside = f"{path}.{name}" if path else name
                yield from part.check(item, correlation.of_key(old, name), inside, unchanged=unchanged)
            elif self.others is not None:
                yield from self.others.check(
                    item, correlation.of_key(old, name), f"{path}[{name}]", unchanged=unchanged
                )

    def _own(self, value: Any, old: Any, path: str, *, unchanged: bool) -> Iterator[Cause]:
        if not self.rules:
            return
        seen = {"self": values.of(value, self.schema, root=self.root)}
        there = old is not NOTHING and old is not None
        before = values.of(old, self.schema, root=self.root) if there else None
        for rule in self.rules:
            if rule.uses_old and not there and not rule.old_is_optional:
                continue
            variables = seen
            if rule.uses_old:
                variables = {**seen, library.OLD_SELF: before}
            if rule.old_is_optional:
                variables = {**seen, library.OLD_SELF: library.optional(before, there=there)}
            try:
                holds = rule.holds(variables)
            except Failed as error:
                yield rule.failed(path, error)
                continue
            if not holds and (rule.uses_old or not unchanged):
                yield rule.broken(path, value, variables)

    @classmethod
    def _of_part(cls, schema: Mapping[str, Any], word: str) -> Validator | None:
        part = schema.get(word)
        return cls.of(part, root=_is_root(part)) if isinstance(part, Mapping) else None


def _is_root(schema: Any) -> bool:
    return isinstance(schema, Mapping) and bool(schema.get("x-kubernetes-embedded-resource"))
