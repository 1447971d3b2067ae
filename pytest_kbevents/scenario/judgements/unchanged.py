"""``unchanged``: what is looked at is as it was before something was done, at every revision."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from pytest_kbevents.api.objects import same
from pytest_kbevents.clock import SECOND
from pytest_kbevents.environment.world import HARNESS
from pytest_kbevents.errors import JudgementFailed
from pytest_kbevents.history.describe import describe
from pytest_kbevents.history.revision import Revision
from pytest_kbevents.scenario.judgements.judgement import Judgement
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.subjects.object import ObjectMatches
from pytest_kbevents.scenario.values import Duration


class Unchanged(Judgement):
    """From before the last operation on, for a time from now: not one revision in which it reads otherwise. Of an
    ``object`` everything is looked at, to its resourceVersion.
    """

    verb: ClassVar[str] = "unchanged"
    says: ClassVar[bool] = False

    duration: Duration = Field(alias="for", description="How long from now.")

    def execute(self, stage: Stage) -> Unmoved:
        return Unmoved(self, stage)

    def sentence(self) -> str:
        return f"{self.subject.name()}, for {self.duration / SECOND:g}s"


class Unmoved:
    """Goes through the history from before the last operation."""

    def __init__(self, unchanged: Unchanged, stage: Stage) -> None:
        self.deadline = stage.deadline(unchanged.duration)
        self._stage = stage
        self._subject = unchanged.subject
        self._replay = stage.mark.replay.copy()
        self._before = self._read()
        self._existed = self._subject.exists(self._replay.state, stage.world.namespace)
        self._broken: tuple[Revision, Any] | None = None

    def done(self) -> bool:
        """As soon as it reads otherwise."""
        for revision in self._replay:
            if revision.resource in self._subject.kinds and not same(now := self._read(), self._before):
                self._broken = revision, now
                break
        return self._broken is not None

    def settle(self) -> None:
        """Raises JudgementFailed."""
        self._stage.reach(self._replay)
        name = self._subject.name()
        if self._broken is not None:
            raise JudgementFailed(**self._told(name, *self._broken))
        if not self._existed:
            problem = f"{name} is unchanged: there was no {name} to begin with, so that this proves nothing"
            raise JudgementFailed(problem, vacuous=True)

    def _told(self, name: str, revision: Revision, now: Any) -> dict[str, Any]:
        """Of a whole object, only what changed; and whose write it was, where it was a step's own."""
        when = self._stage.place(revision)
        own = self._stage.world.writer(revision.number) == HARNESS
        remedy = ", by the step above itself: what steps write counts, from before them on" if own else ""
        problem = f"{name} is unchanged: it changed at {when}{remedy}"
        before = self._before
        if isinstance(self._subject, ObjectMatches):
            before, now = "as it was", describe(revision)
        return {"problem": problem, "expected": before, "seen": now, "revision": revision.number}

    def _read(self) -> Any:
        return self._subject.reading(self._replay.state, self._stage.world.namespace)
