"""The contract of a tally."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pytest_kbevents.api.objects import name_of
from pytest_kbevents.api.resources import EVENTS, Resource
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Model


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted, ``times`` times; ``revision`` is 0 for what is no revision. ``text`` tells it to a person."""

    micros: int
    revision: int
    text: str
    times: int = 1


class Tally(Model):
    """Something that happens so and so often. ``key`` is the key it is recognised by."""

    key: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ()
    """What a world must have for it to be counted."""

    @abstractmethod
    def follow(self, stage: Stage) -> Iterator[Counted | None]:
        """All since the stage's mark, in order; None when there is nothing more for now. It never ends."""

    @abstractmethod
    def possible(self, stage: Stage) -> bool:
        """Whether there could have been one: what it is about was there. Without that, none proves nothing."""

    @abstractmethod
    def sentence(self) -> str:
        """What is counted, in words."""


def was_there(stage: Stage, resource: Resource, name: str) -> bool:
    """Whether there was such an object, or with no name any of the kind, at some revision of the run."""
    revisions = stage.world.history.revisions
    return any(each.resource == resource and name in ("", name_of(each.object)) for each in revisions)


def acted(stage: Stage, who: str) -> bool:
    """Whether somebody of that name asked or wrote anything in the run; ``kbagent`` is any agent, ``""`` anybody."""
    world = stage.world
    agents = {each.user_agent for each in (*world.requests, *world.own_requests)} | world.writers()
    told = {each.object.get("reportingComponent") for each in world.history.revisions if each.resource == EVENTS}
    return not who or who in agents | told or any(agent.startswith(f"{who}/") for agent in agents)
