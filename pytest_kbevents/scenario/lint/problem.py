"""What a rule finds."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.errors import Position, ScenarioError

STRUCTURE = "structure"
"""The rule of everything for which a file cannot be read at all."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong at a place. ``text`` says what stands there and what to do about it. A warning is about
    what may be meant, but shows nothing, or never comes about.
    """

    position: Position
    rule: str
    text: str
    is_error: bool

    @classmethod
    def of(cls, error: ScenarioError) -> Problem:
        """A file, or a part of it, that cannot be read."""
        return cls(error.position, STRUCTURE, error.problem, is_error=True)

    @property
    def level(self) -> str:
        """``error`` or ``warning``."""
        return "error" if self.is_error else "warning"

    def __str__(self) -> str:
        return f"{self.position}: {self.level}: {self.text} ({self.rule})"
