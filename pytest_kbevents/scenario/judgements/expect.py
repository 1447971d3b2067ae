"""``expect``: it becomes so, within a time."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from pytest_kbevents.clock import SECOND
from pytest_kbevents.errors import JudgementFailed, NearMiss
from pytest_kbevents.scenario.judgements.confirming import Confirming, confirming
from pytest_kbevents.scenario.judgements.judgement import Judgement
from pytest_kbevents.scenario.matching.match import Comparison
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Duration


class Expect(Judgement):
    """Let the world go on until the subject is as described; fail when the time is up, or when it was so all along:
    then nothing of what was done before shows in it.
    """

    verb: ClassVar[str] = "expect"

    within: Duration = Field(default=5 * SECOND, description="How long it may take; 5s when not said.")

    def execute(self, stage: Stage) -> Expected:
        return Expected(self, stage)

    def sentence(self) -> str:
        return f"{self.subject.sentence()}, within {self.within / SECOND:g}s"


class Expected:
    """Goes through the history from where it was judged to."""

    def __init__(self, expect: Expect, stage: Stage) -> None:
        self.deadline = stage.deadline(expect.within)
        self._expect = expect
        self._stage = stage
        self._subject = expect.subject
        self._nearest: tuple[NearMiss, int] | None = None
        self._last = self._look(0, stage.mark.micros)
        self._vacuous = self._last.holds and self._was_so_all_along()

    def done(self) -> bool:
        """At the first revision at which it holds."""
        if self._last.holds:
            return True
        for revision in self._stage.cursor:
            if revision.micros > self.deadline:
                return True  # what it shows came too late
            if revision.resource in self._subject.kinds:
                self._last = self._look(revision.number, revision.micros)
                if self._last.holds:
                    return True
        return False

    def settle(self) -> Confirming | None:
        """What is still to be asked of the network, if there is one. Raises JudgementFailed."""
        last, sentence = self._last, self._subject.sentence()
        if self._vacuous:
            problem = f"{sentence}: it was so before anything was done, and all the time since: this proves nothing"
            remedy = "; if it must go on to be so, say stays"
            raise JudgementFailed(problem + remedy, expected=last.expected, seen=last.seen, vacuous=True)
        if not last.holds:
            problem = f"{sentence}: not within {self._stage.spell(self._expect.within)}"
            near = self._nearest[0] if self._nearest and self._nearest[1] < last.misses else None
            raise JudgementFailed(problem, expected=last.expected, seen=last.seen, nearest=near)
        return confirming(self._subject, self._stage)

    def _look(self, number: int, micros: int) -> Comparison:
        seen = self._subject.observe(self._stage.cursor.state, self._stage.world.namespace)
        if self._nearest is None or seen.misses < self._nearest[1]:
            self._nearest = NearMiss(number, micros, seen.seen), seen.misses
        return seen

    def _was_so_all_along(self) -> bool:
        """From before the last thing that was done to where the history has been judged."""
        replay, namespace = self._stage.mark.replay.copy(), self._stage.world.namespace
        if not self._subject.observe(replay.state, namespace).holds:
            return False
        return all(
            self._subject.observe(replay.state, namespace).holds
            for revision in replay.up_to(self._stage.cursor.position)
            if revision.resource in self._subject.kinds
        )
