"""``exactly`` and ``at_most``: how often something happens since before the last operation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from pydantic import Field

from pytest_kbevents.errors import JudgementFailed
from pytest_kbevents.scenario.check import checked, keys_of
from pytest_kbevents.scenario.judgements.judgement import chosen, read_subject
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.tallies.registry import TALLIES
from pytest_kbevents.scenario.tallies.tally import Counted, Tally
from pytest_kbevents.scenario.tallies.transitions import Transitions
from pytest_kbevents.scenario.values import Duration
from pytest_kbevents.scenario.yamlfile import Document, Path

SHOWN = 5
"""Of what was counted, in a report."""


class Counts(Operation):
    """A number, and what is counted beside it."""

    judges: ClassVar[bool] = True

    tally: Tally = Field(exclude=True)
    times: int = Field(ge=0, description="How often.")
    duration: Duration = Field(
        default=0, alias="for", description="How long from now it is counted; until now if not said."
    )

    @classmethod
    def own_keys(cls) -> set[str]:
        """The keys that are not the tally's."""
        return set(keys_of(cls)) - {"tally"}

    @classmethod
    def read(cls, data: Any, document: Document, path: Path) -> Self:
        """Tell the two apart, and check each. Raises ScenarioError."""
        own = {key: value for key, value in data.items() if key in cls.own_keys()} if isinstance(data, dict) else {}
        rest = {key: value for key, value in data.items() if key not in own} if isinstance(data, dict) else data
        model = chosen(rest, document, path, TALLIES, "count")
        if model is Transitions:
            rest = rest | {model.key: read_subject(rest[model.key], document, (*path, model.key), says=True)}
        return checked(cls, own | {"tally": checked(model, rest, document, path)}, document, path)

    def execute(self, stage: Stage) -> Counting:
        return Counting(self, stage)

    @property
    def wants(self) -> tuple[str, ...]:
        return self.tally.needs

    def sentence(self) -> str:
        return f"{self.verb.replace('_', ' ')} {self.times} {self.tally.sentence()}"

    def fits(self, number: int) -> bool:
        """Whether so many are right in the end."""
        return number == self.times


class Exactly(Counts):
    """So many, no more and no fewer. None at all, of what was never there, is an error."""

    verb: ClassVar[str] = "exactly"


class AtMost(Counts):
    """So many, or fewer; but not one at all proves nothing, and is an error: say ``exactly`` with ``times: 0``."""

    verb: ClassVar[str] = "at_most"

    times: int = Field(ge=1, description="How often; 1 or more.")

    def fits(self, number: int) -> bool:
        return number <= self.times


class Counting:
    """Counts what has come, and in the end everything once more: in live worlds it may be known late who wrote it."""

    def __init__(self, counts: Counts, stage: Stage) -> None:
        self.deadline = stage.deadline(counts.duration)
        self._counts = counts
        self._stage = stage
        self._news = counts.tally.follow(stage)
        self._number = 0

    def done(self) -> bool:
        """As soon as there are too many."""
        self._number += sum(each.times for each in _until_now(self._news))
        return self._number > self._counts.times

    def settle(self) -> None:
        """Raises JudgementFailed."""
        counts, stage = self._counts, self._stage
        found = list(_until_now(counts.tally.follow(stage)))
        number = sum(each.times for each in found)
        stage.cursor.to_the_end()
        if not found and not self._proves_something():
            problem = f"{counts.sentence()}: there was nothing that could be counted, so that this proves nothing"
            raise JudgementFailed(problem, expected={"times": counts.times}, seen={"times": 0}, vacuous=True)
        if not counts.fits(number):
            shown = [f"{stage.since_start(each.micros)}: {each.text}" for each in found[-SHOWN:]]
            last = found[-1].revision if found else None
            problem = f"{counts.sentence()}: there are {number}"
            expected, seen = {"times": counts.times}, {"times": number, "the last": shown}
            raise JudgementFailed(problem, expected=expected, seen=seen, revision=last or None)

    def _proves_something(self) -> bool:
        """Of nothing that was counted."""
        counts = self._counts
        return not counts.fits(0) or (counts.times == 0 and counts.tally.possible(self._stage))


def _until_now(news: Iterator[Counted | None]) -> Iterator[Counted]:
    for each in news:
        if each is None:
            return
        yield each
