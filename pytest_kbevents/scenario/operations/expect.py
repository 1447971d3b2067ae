"""``expect``: it becomes so, within a time."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from pytest_kbevents.clock import SECOND
from pytest_kbevents.errors import JudgementFailed
from pytest_kbevents.scenario.operations.judgement import Judgement
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Duration


class Expect(Judgement):
    """Let the world go on until the subject is as described; fail when the time is up."""

    verb: ClassVar[str] = "expect"

    within: Duration = Field(default=5 * SECOND, description="How long it may take; 5s when not said.")

    def execute(self, stage: Stage) -> None:
        if stage.until(lambda: stage.observe(self.subject).holds, self.within):
            return
        last = stage.observe(self.subject)
        problem = f"{self.subject.sentence()}: not within {stage.spell(self.within)}"
        raise JudgementFailed(problem, expected=last.expected, seen=last.seen)
