"""The contract of a subject."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

from pytest_kbevents.api.objects import same
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.values import Model


@dataclass(frozen=True, slots=True)
class Observation:
    """What was wanted and what was there: plain JSON values. It holds when they are equal."""

    expected: Any
    seen: Any

    @property
    def holds(self) -> bool:
        """Whether the assertion is true in this state."""
        return same(self.expected, self.seen)


class Subject(Model):
    """Something that can be looked at in every state. ``key`` is the key it is recognised by."""

    key: ClassVar[str]

    @abstractmethod
    def observe(self, state: State, namespace: str) -> Observation:
        """Look."""

    @abstractmethod
    def concerns(self, revision: Revision) -> bool:
        """Whether a revision is worth showing to someone who asks why the assertion failed."""

    @abstractmethod
    def sentence(self) -> str:
        """The assertion in words."""
