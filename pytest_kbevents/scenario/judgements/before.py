"""``before``: one thing becomes so before another does."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from pydantic import Field

from pytest_kbevents.clock import SECOND
from pytest_kbevents.errors import JudgementFailed, ScenarioError
from pytest_kbevents.history.revision import Revision
from pytest_kbevents.scenario.check import checked, unknown
from pytest_kbevents.scenario.judgements.judgement import read_subject
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.subjects.subject import Subject
from pytest_kbevents.scenario.values import Duration
from pytest_kbevents.scenario.yamlfile import Document, Path

GRACE = SECOND // 20
"""Microseconds after which, in live worlds, what was committed earlier has been seen, too."""


class Before(Operation):
    """Since before the last operation, ``first`` becomes so at an earlier revision than ``then`` does; both do within a
    time. What was so already to begin with cannot become so, and proves nothing.
    """

    verb: ClassVar[str] = "before"
    judges: ClassVar[bool] = True

    first: Subject = Field(description="What becomes so first: a subject.")
    then: Subject = Field(description="What becomes so after it: a subject.")
    within: Duration = Field(default=5 * SECOND, description="How long from now both may take; 5s when not said.")

    @classmethod
    def read(cls, data: Any, document: Document, path: Path) -> Self:
        """Each side is a subject. Raises ScenarioError."""
        if not isinstance(data, dict):
            raise ScenarioError(document.position(path), "before must be a mapping")
        for key in data.keys() - {"first", "then", "within"}:
            raise ScenarioError(document.key_position((*path, key)), unknown("key", key, ("first", "then", "within")))
        sides = {
            side: read_subject(data[side], document, (*path, side), says=True)
            for side in ("first", "then")
            if side in data
        }
        return checked(cls, data | sides, document, path)

    def execute(self, stage: Stage) -> Order:
        return Order(self, stage)

    def sentence(self) -> str:
        return f"{self.first.sentence()}, and then {self.then.sentence()}"


class Order:
    """Goes through the history from before the last operation."""

    def __init__(self, before: Before, stage: Stage) -> None:
        self.deadline = stage.deadline(before.within)
        self._before = before
        self._stage = stage
        self._replay = stage.mark.replay.copy()
        self._sides = (before.first, before.then)
        self._was: list[bool] = [self._holds(side) for side in self._sides]
        self._became: list[Revision | None] = [None, None]
        self._so_already = next((side for side, was in zip(self._sides, self._was, strict=True) if was), None)

    def done(self) -> bool:
        """When both have become so, or the order is decided."""
        if self._so_already is not None or all(self._became):
            return True
        for revision in self._replay:
            for index, side in enumerate(self._sides):
                if self._became[index] is None and revision.resource in side.kinds and self._holds(side):
                    self._became[index] = revision
            if all(self._became):
                return True
        then = self._became[1]
        return then is not None and self._stage.world.clock.micros() > then.micros + GRACE

    def settle(self) -> None:
        """Raises JudgementFailed."""
        self._stage.reach(self._replay)
        if self._so_already is not None:
            problem = f"{self._so_already.sentence()}: it was so before anything was done, so that no order shows in it"
            raise JudgementFailed(problem, vacuous=True)
        first, then = self._became
        told = [self._told(side, revision) for side, revision in zip(self._sides, self._became, strict=True)]
        if then is not None and (first is None or then.number <= first.number):
            problem = f"{self._before.sentence()}: the order was another"
            raise JudgementFailed(problem, expected=["first", "then"], seen=told, revision=then.number)
        if first is None or then is None:
            problem = f"{self._before.sentence()}: not within {self._stage.spell(self._before.within)}"
            raise JudgementFailed(problem, expected=["first", "then"], seen=told)

    def _told(self, side: Subject, revision: Revision | None) -> str:
        if revision is None:
            return f"not yet: {side.sentence()}"
        return f"{self._stage.place(revision)}: {side.sentence()}"

    def _holds(self, side: Subject) -> bool:
        return side.observe(self._replay.state, self._stage.world.namespace).holds
