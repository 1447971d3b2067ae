"""``transitions: {SUBJECT}``: how often a subject becomes as described."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from pytest_kbevents.history.describe import describe
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.subjects.subject import Subject
from pytest_kbevents.scenario.tallies.tally import Counted, Tally


class Transitions(Tally):
    """Revisions at which a subject is as described, and was not before: of a condition, of a label, of a route."""

    key: ClassVar[str] = "transitions"

    transitions: Subject = Field(description="A subject, with what must become so.")

    def follow(self, stage: Stage) -> Iterator[Counted | None]:
        subject, replay, namespace = self.transitions, stage.mark.replay.copy(), stage.world.namespace
        was = subject.observe(replay.state, namespace).holds
        while True:
            for revision in replay:
                if revision.resource in subject.kinds:
                    now = subject.observe(replay.state, namespace).holds
                    if now and not was:
                        yield Counted(revision.micros, revision.number, describe(revision))
                    was = now
            yield None

    def possible(self, stage: Stage) -> bool:
        return stage.existed(self.transitions)

    def sentence(self) -> str:
        return f"transitions to: {self.transitions.sentence()}"
