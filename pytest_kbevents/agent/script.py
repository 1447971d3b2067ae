"""What the database in a Pod answers when it is asked: the one part of an agent that a scenario writes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What an action's command did."""

    output: bytes = b""
    exit_code: int = 0
    stderr: str = ""

    @property
    def error(self) -> str:
        """Kbagent's text for a command that did not exit with 0; empty when it did."""
        if self.exit_code == 0:
            return ""
        said = f", stderr: {self.stderr}" if self.stderr else ""
        return f"exit code: {self.exit_code}{said}: failed"


class Script:
    """The answers of one Pod's database, by action; changed by the scenario, read by the agent."""

    def __init__(self) -> None:
        self._answers: dict[str, Answer] = {}

    def set(self, action: str, answer: Answer) -> None:
        """From now on ``action`` answers this."""
        self._answers[action] = answer

    def run(self, action: str) -> Answer:
        """Run it; an action that nobody scripted succeeds and says nothing."""
        return self._answers.get(action, Answer())
