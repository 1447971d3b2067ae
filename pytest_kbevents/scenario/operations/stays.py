"""``stays``: it is so, and goes on to be so at every revision."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from pytest_kbevents.errors import JudgementFailed
from pytest_kbevents.history.history import Replay
from pytest_kbevents.history.revision import Revision
from pytest_kbevents.scenario.operations.judgement import Judgement
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.subjects.subject import Observation
from pytest_kbevents.scenario.values import Duration


class Stays(Judgement):
    """Let the world go on for a time; fail at the first revision where the subject is otherwise."""

    verb: ClassVar[str] = "stays"

    duration: Duration = Field(alias="for", description="How long it must stay so.")

    def execute(self, stage: Stage) -> None:
        first = stage.observe(self.subject)
        if not first.holds:
            problem = f"{self.subject.sentence()}: it is not so to begin with"
            raise JudgementFailed(problem, expected=first.expected, seen=first.seen)
        replay = stage.world.history.replay()
        broken: list[tuple[Revision, Observation]] = []
        if stage.until(lambda: self._breaks(stage, replay, broken), self.duration):
            revision, seen = broken[0]
            when = f"revision {revision.number}, {stage.since_start(revision.micros)}"
            problem = f"{self.subject.sentence()}: no longer so at {when}"
            raise JudgementFailed(problem, expected=seen.expected, seen=seen.seen)

    def _breaks(self, stage: Stage, replay: Replay, broken: list[tuple[Revision, Observation]]) -> bool:
        for revision in replay:
            seen = self.subject.observe(replay.state, stage.world.namespace)
            if not seen.holds:
                broken.append((revision, seen))
                return True
        return False
