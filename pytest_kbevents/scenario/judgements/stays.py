"""``stays``: it is so, and goes on to be so at every revision."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from pytest_kbevents.clock import SECOND
from pytest_kbevents.errors import JudgementFailed
from pytest_kbevents.scenario.judgements.confirming import Confirming, confirming
from pytest_kbevents.scenario.judgements.judgement import Judgement
from pytest_kbevents.scenario.matching.match import Comparison
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Duration


class Stays(Judgement):
    """Let the world go on for a time; fail at the first revision where the subject is otherwise, or when there never
    was such a subject.
    """

    verb: ClassVar[str] = "stays"

    duration: Duration = Field(alias="for", description="How long it must stay so.")

    def execute(self, stage: Stage) -> Staying:
        return Staying(self, stage)

    def sentence(self) -> str:
        return f"{self.subject.sentence()}, for {self.duration / SECOND:g}s"


class Staying:
    """Goes through the history from where it was judged to."""

    def __init__(self, stays: Stays, stage: Stage) -> None:
        self.deadline = stage.deadline(stays.duration)
        self._stage = stage
        self._subject = stays.subject
        self._last = self._look()
        self._revision = 0
        self._broken = "" if self._last.holds else self._since_when()

    def done(self) -> bool:
        """As soon as it is otherwise."""
        if self._broken:
            return True
        for revision in self._stage.cursor:
            if revision.resource in self._subject.kinds:
                self._last = self._look()
                if not self._last.holds:
                    self._broken = f"no longer so at {self._stage.place(revision)}"
                    self._revision = revision.number
                    return True
        return False

    def settle(self) -> Confirming | None:
        """What is still to be asked of the network, if there is one. Raises JudgementFailed."""
        sentence, last = self._subject.sentence(), self._last
        if self._broken:
            problem = f"{sentence}: {self._broken}"
            raise JudgementFailed(problem, expected=last.expected, seen=last.seen, revision=self._revision or None)
        if not self._stage.existed(self._subject):
            problem = f"{sentence}: there never was {self._subject.name()}, so that this proves nothing"
            raise JudgementFailed(problem, expected=last.expected, seen=last.seen, vacuous=True)
        return confirming(self._subject, self._stage)

    def _since_when(self) -> str:
        """Since when it is otherwise: it may have been so before the last operation."""
        replay, namespace = self._stage.mark.replay.copy(), self._stage.world.namespace
        since, held = None, self._subject.observe(replay.state, namespace).holds
        for revision in replay.up_to(self._stage.cursor.position):
            if revision.resource in self._subject.kinds:
                holds = self._subject.observe(replay.state, namespace).holds
                since = revision if held and not holds else since
                held = holds
        if since is None:
            return "it is not so to begin with"
        self._revision = since.number
        return f"no longer so since {self._stage.place(since)}"

    def _look(self) -> Comparison:
        return self._subject.observe(self._stage.cursor.state, self._stage.world.namespace)
