"""What a scenario file says of releases."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from pytest_kbevents.agent.releases import AgentBehaviours
from pytest_kbevents.environment.releases import ProducerBehaviours
from pytest_kbevents.reconciler.releases import Behaviours
from pytest_kbevents.releases import RELEASES, rows
from pytest_kbevents.scenario.check import one_of
from pytest_kbevents.scenario.values import Model

BEHAVIOURS = {row.name: row for kind in (Behaviours, AgentBehaviours, ProducerBehaviours) for row in rows(kind)}
"""Everything that releases differ in."""

Release = Annotated[str, AfterValidator(one_of("release", RELEASES))]
BehaviourName = Annotated[str, AfterValidator(one_of("behaviour", BEHAVIOURS))]


class ReleasesModel(Model):
    """What the scenario says of releases; without it, that all pass."""

    passes_on: list[Release] = Field(default_factory=list, description="Releases that pass.")
    fails_on: list[Release] = Field(
        default_factory=list, description="Releases that fail: there the behaviour is the bad one."
    )
    breaks: list[str] = Field(
        default_factory=list,
        description="What is told first of a failure there, such as `Service mysql-rw routes to c1-mysql-1`: the "
        "judgement that fails. One that fails instead of these is another reason.",
    )
    behaviours: list[BehaviourName] = Field(
        default_factory=list, description="Rows of `kbevents releases` that make the difference."
    )

    @model_validator(mode="after")
    def _says_one_thing_of_each(self) -> Self:
        both = set(self.passes_on) & set(self.fails_on)
        if both:
            raise ValueError(
                f"{', '.join(sorted(both))} cannot both pass and fail: keep it in passes_on or in fails_on"
            )
        if not (self.passes_on or self.fails_on):
            raise ValueError("say passes_on, fails_on or both, or leave it out: then all pass")
        return self
