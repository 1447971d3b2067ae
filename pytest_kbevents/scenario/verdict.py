"""What a run came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pytest_kbevents.errors import Position
from pytest_kbevents.history.history import History


@dataclass(frozen=True, slots=True)
class Line:
    """One revision as it is told: its number, the time since the start, who wrote it, and what it did."""

    number: int
    time: str
    writer: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a run failed: the step, the assertion, both sides of it, the revisions that led there, oldest first."""

    position: Position
    verb: str
    problem: str
    expected: Any
    seen: Any
    revisions: tuple[Line, ...]
    last_error: str
    """The newest error of the API server; empty when there was none."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Passed when there is no finding. ``seconds`` are the world's own time."""

    scenario: str
    release: str
    seconds: float
    history: History
    finding: Finding | None = None

    @property
    def passed(self) -> bool:
        """Whether every assertion held."""
        return self.finding is None
