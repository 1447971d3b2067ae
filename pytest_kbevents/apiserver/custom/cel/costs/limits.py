"""What rules may cost: each one, and all of a definition together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_kbevents.apiserver.custom.cel.costs.sizes import MOST, times
from pytest_kbevents.apiserver.custom.cel.typed.declared import LARGEST_REQUEST
from pytest_kbevents.apiserver.validation.causes import Cause, forbidden

ONE_EXPRESSION = 10_000_000
ALL_EXPRESSIONS = 100_000_000
_ADVICE = (
    "(try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are "
    "declared)"
)
_ALL = "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema"


@dataclass(slots=True)
class Budget:
    """What the rules of one schema cost."""

    spent: int = 0
    largest: list[tuple[int, str]] = field(default_factory=list)
    """The rules that cost most, up to four, and the fields they stand in."""

    def spend(self, cost: int, place: str) -> None:
        """Note what a rule costs."""
        self.spent = min(self.spent + cost, MOST)
        if cost >= ALL_EXPRESSIONS // 100:
            self.largest = sorted([*self.largest, (cost, place)], key=lambda entry: -entry[0])[:4]

    def overdrawn(self, place: str) -> Iterator[Cause]:
        """What is to be said when all rules together cost too much."""
        if self.spent > ALL_EXPRESSIONS:
            for _, field_ in self.largest:
                yield forbidden(
                    field_, "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"
                )
            yield forbidden(place, exceeded(_ALL, self.spent, ALL_EXPRESSIONS))


def exceeded(what: str, cost: int, limit: int) -> str:
    """How a cost that is too high is told."""
    times_ = cost / limit
    factor = "more than 100x" if times_ > 100 else f"{times_:f}x" if times_ < 1.5 else f"{times_:.1f}x"
    return f"{what} exceeds budget by factor of {factor} {_ADVICE}"


def below(schema: Mapping[str, Any], count: int | None) -> int | None:
    """How often what is inside a schema can be there, when it can itself ``count`` times; None for no bound."""
    bound: int | None = 1
    if schema.get("type") == "array":
        bound = schema.get("maxItems")
    elif schema.get("type") == "object" and schema.get("additionalProperties") is not None:
        bound = schema.get("maxProperties")
    return None if count is None or bound is None else times(count, max(bound, 0))


def repeated(cost: int, count: int | None, smallest: int) -> int:
    """The cost of a rule for all values that it is asked of; ``smallest`` is the bytes that one of them takes."""
    return times(cost, LARGEST_REQUEST // (smallest + 1) if count is None else count)
