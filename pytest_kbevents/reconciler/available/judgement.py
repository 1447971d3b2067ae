"""Whether something holds, and if not, why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judgement:
    """``why`` is what the condition will say; a broken negation has nothing to say.

    A byte that is no part of a character is a lone surrogate in ``why``, as Python's ``surrogateescape`` has it.
    """

    holds: bool
    why: str = ""


HOLDS = Judgement(holds=True)


def negated(judgement: Judgement) -> Judgement:
    """A success breaks it, and without a word."""
    return Judgement(not judgement.holds)


def every(judgements: Iterable[Judgement]) -> Judgement:
    """The first failure counts; none given, it holds."""
    return next((judgement for judgement in judgements if not judgement.holds), HOLDS)


def some(judgements: Iterable[Judgement]) -> Judgement:
    """One that holds is enough; else all failures are told, each once. None given, it fails."""
    found = list(judgements)
    return HOLDS if any(judgement.holds for judgement in found) else joined(found)


def joined(judgements: Iterable[Judgement]) -> Judgement:
    """The failure that all failures make together."""
    texts = dict.fromkeys(judgement.why for judgement in judgements if not judgement.holds and judgement.why)
    return Judgement(holds=False, why=",".join(texts))
