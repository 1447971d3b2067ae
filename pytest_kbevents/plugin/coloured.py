"""A report in pytest's terminal, in colours where there are some."""

from __future__ import annotations

from collections.abc import Sequence

from _pytest._code.code import ReprFileLocation, TerminalRepr
from _pytest._io import TerminalWriter

from pytest_kbevents.errors import Position
from pytest_kbevents.scenario.reports.terminal import Row, Style

MARKUP: dict[Style, dict[str, bool]] = {
    "problem": {"red": True, "bold": True},
    "title": {"bold": True},
    "wanted": {"green": True},
    "seen": {"red": True},
    "faint": {"light": True},
}


class ScenarioRepr(TerminalRepr):
    """What pytest shows of a scenario that failed. Workers of xdist hand it over as plain text."""

    def __init__(self, rows: Sequence[Row], position: Position, problem: str) -> None:
        self._rows = rows
        self.reprcrash = ReprFileLocation(position.file, position.line, problem)
        """From which pytest makes its line of summary."""

    def __str__(self) -> str:
        return "\n".join(row.text for row in self._rows)

    def toterminal(self, tw: TerminalWriter) -> None:
        """Each row in its colour."""
        for row in self._rows:
            tw.line(row.text, **MARKUP.get(row.style, {}))
