"""``never`` and ``always``: as a step, from there to the end of the run."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from pytest_kbevents.clock import SECOND
from pytest_kbevents.scenario.invariant import Invariant, Rule
from pytest_kbevents.scenario.judgements.judgement import Judgement
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Duration


class Lasting(Judgement):
    """A rule that holds from this step on."""

    longer_than: Duration = Field(
        default=0, description="How long it is put up with when it is broken; without it, not at one revision."
    )

    def execute(self, stage: Stage) -> None:
        """From where the history has been judged to."""
        rule = Rule(self.verb, self.subject, self.longer_than, stage.at)
        now, namespace = stage.world.clock.micros(), stage.world.namespace
        stage.shared.invariants.append(Invariant(rule, stage.cursor.copy(), namespace, now))

    def sentence(self) -> str:
        longer = f", longer than {self.longer_than / SECOND:g}s" if self.longer_than else ""
        return f"{self.subject.sentence()}{longer}"


class Never(Lasting):
    """From here to the end, at no revision; a ``never`` about what never was there is an error."""

    verb: ClassVar[str] = "never"


class Always(Lasting):
    """From here to the end, at every revision."""

    verb: ClassVar[str] = "always"


LASTING: tuple[type[Lasting], ...] = (Never, Always)
