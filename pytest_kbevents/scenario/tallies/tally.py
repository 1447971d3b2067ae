"""The contract of a tally."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Model


@dataclass(frozen=True, slots=True)
class Counted:
    """One that was counted; ``revision`` is 0 for what is no revision. ``text`` tells it to a person."""

    micros: int
    revision: int
    text: str


class Tally(Model):
    """Something that happens so and so often. ``key`` is the key it is recognised by."""

    key: ClassVar[str]

    @abstractmethod
    def count(self, stage: Stage) -> list[Counted]:
        """All since the stage's mark, in order."""

    @abstractmethod
    def possible(self, stage: Stage) -> bool:
        """Whether there could have been one: what it is about was there. Without that, none proves nothing."""

    @abstractmethod
    def sentence(self) -> str:
        """What is counted, in words."""
