"""``events: {reason, about, by, says}``: how often something was told in Events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.history.describe import describe
from pytest_kbevents.history.revision import Revision
from pytest_kbevents.scenario.matching.match import compare
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.subjects.recorded import is_there
from pytest_kbevents.scenario.subjects.subject import words
from pytest_kbevents.scenario.tallies.tally import Counted, Tally, acted
from pytest_kbevents.scenario.values import Expectation, Model


class Meant(Model):
    """Which Events."""

    reason: str = Field(default="", description="Their reason; without it, any.")
    about: str = Field(default="", description="The name of the object that they are about; without it, any.")
    by: str = Field(default="", description="Their reportingComponent: kbagent, event-controller; without it, any.")
    says: Expectation = Field(default=None, description="What their message must be.")


class Events(Tally):
    """Events that were created, or counted up: a count that grew by two counts twice."""

    key: ClassVar[str] = "events"

    events: Meant = Field(description="Which Events.")

    def follow(self, stage: Stage) -> Iterator[Counted | None]:
        replay = stage.mark.replay.copy()
        while True:
            for revision in replay:
                if revision.resource == EVENTS and self._is_meant(revision.object) and (more := _grown(revision)):
                    yield Counted(revision.micros, revision.number, describe(revision), more)
            yield None

    def possible(self, stage: Stage) -> bool:
        about = self.events.about
        there = not about or stage.ever(lambda state, namespace: is_there(state, namespace, about))
        return there and acted(stage, self.events.by)

    def sentence(self) -> str:
        meant = self.events
        parts = [f"{meant.reason} Events".strip(), f"about {meant.about}" if meant.about else ""]
        parts += [f"by {meant.by}" if meant.by else "", f"saying {words(meant.says)}" if meant.says else ""]
        return " ".join(part for part in parts if part)

    def _is_meant(self, event: Object) -> bool:
        meant = self.events
        seen = (event.get("reason"), (event.get("involvedObject") or {}).get("name"), event.get("reportingComponent"))
        wanted = (meant.reason, meant.about, meant.by)
        if any(want not in ("", have) for want, have in zip(wanted, seen, strict=True)):
            return False
        return "says" not in meant.model_fields_set or compare(meant.says, event.get("message")).holds


def _grown(revision: Revision) -> int:
    """By how much its count did; a mark, and a deletion, are no telling."""
    if revision.after is None:
        return 0
    before = (revision.before.get("count") or 1) if revision.before else 0
    return max(int((revision.after.get("count") or 1) - before), 0)
