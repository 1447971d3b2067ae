"""Conformance: what each scenario came to, by area, level and release, as a table and as a bundle for gates."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest

from pytest_kbevents import __version__
from pytest_kbevents.scenario.reports.folder import to_json
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.settings import LEVELS, Settings

FORMAT = "kbevents/v1 conformance"
_PREFIX = "kb_"

NOT_RUN = "the run ended before it"

Outcome = Literal["passed", "failed", "error", "skipped", "not run"]
Told = Sequence[tuple[str, object]]
"""A test's properties."""


def properties(scenario: Scenario, release: str, settings: Settings) -> list[tuple[str, str]]:
    """What a test's result is told with, in JUnit files too: every label, and what the run depends on. A label that is
    called like one of the latter is not told.
    """
    text = scenario.document.text
    told = {
        **{key: value for key, value in scenario.labels.items() if key.isidentifier()},
        "scenario": scenario.name,
        "file": scenario.document.file,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "release": release,
        "cluster": settings.cluster,
        "controller": settings.controller,
        "seed": str(settings.seed),
        "expected": scenario.says_of(release) or "",
        "level": scenario.level,
    }
    return [(f"{_PREFIX}{key}", value) for key, value in told.items()]


@dataclass(slots=True)
class Result:
    """One scenario with one release."""

    told: dict[str, str]
    outcome: Outcome
    problem: str

    @property
    def row(self) -> tuple[str, str]:
        """Its area and level."""
        return self.told.get("area", ""), self.told["level"]

    @property
    def is_fine(self) -> bool:
        """Whether it is in nobody's way."""
        return self.outcome in ("passed", "skipped")

    @property
    def is_decided(self) -> bool:
        """Whether it passed or failed."""
        return self.outcome not in ("skipped", "not run")


@dataclass(slots=True)
class Conformance:
    """All results of a session; workers of xdist hand theirs to the one that has the terminal."""

    settings: Settings
    results: dict[str, Result] = field(default_factory=dict)
    """By test id: one that is run again counts once."""

    def add(self, report: pytest.TestReport, told: Told) -> None:
        """Take a phase of a scenario's test into account."""
        if report.when == "call" or report.outcome != "passed":
            outcome: Outcome = "error" if report.failed and report.when != "call" else report.outcome
            self.results[report.nodeid] = Result(_told(told), outcome, _problem(report))

    def miss(self, nodeid: str, told: Told) -> None:
        """A scenario's test that was collected, and has no result."""
        self.results[nodeid] = Result(_told(told), "not run", NOT_RUN)

    @property
    def decided(self) -> bool:
        """Whether anything passed or failed."""
        return any(result.is_decided for result in self.results.values())

    def table(self) -> list[str]:
        """A line an area and level, a column a release: how many of those that were decided passed."""
        results = self.results.values()
        ran = {result.told["release"] for result in results}
        releases = [each for each in self.settings.releases if each in ran]
        keys = sorted({result.row for result in results}, key=lambda row: (row[0], LEVELS.index(row[1])))
        head = ["area", "level", *releases]
        body = [[key[0] or "-", key[1], *(self._cell(key, release) for release in releases)] for key in keys]
        total = ["all", "", *(self._cell(None, release) for release in releases)]
        return _aligned([head, *body, total])

    def bundle(self, *, passes: bool, broken: Sequence[pytest.CollectReport]) -> str:
        """JSON: what was run, with versions and hashes, and what came of it.

        Args:
            passes: whether the exit code is that of a pass.
            broken: what could not be collected.
        """
        results = sorted(self.results.items())
        counts: dict[str, dict[str, int]] = {}
        for _, result in results:
            of_level = counts.setdefault(result.told["level"], {})
            of_level[result.outcome] = of_level.get(result.outcome, 0) + 1
        settings = self.settings
        data: dict[str, Any] = {
            "format": FORMAT,
            "kbevents": __version__,
            "python": platform.python_version(),
            "pytest": pytest.__version__,
            "cluster": settings.cluster,
            "controller": settings.controller,
            "releases": list(settings.releases),
            "level": settings.level,
            "seed": settings.seed,
            "catalog": _digest(result.told["sha256"] for _, result in results),
            "conforms": passes and not broken and self.decided and all(result.is_fine for _, result in results),
            "counts": counts,
            "not_collected": [{"id": each.nodeid, "problem": _problem(each)} for each in broken],
            "results": [
                {**result.told, "id": nodeid, "outcome": result.outcome, "problem": result.problem}
                for nodeid, result in results
            ],
        }
        return to_json(data)

    def _cell(self, row: tuple[str, str] | None, release: str) -> str:
        found = [
            result.outcome
            for result in self.results.values()
            if result.told["release"] == release and (row is None or result.row == row) and result.is_decided
        ]
        return f"{found.count('passed')} of {len(found)}" if found else "-"


def _told(properties: Told) -> dict[str, str]:
    return {key.removeprefix(_PREFIX): str(value) for key, value in properties if key.startswith(_PREFIX)}


def _problem(report: pytest.TestReport | pytest.CollectReport) -> str:
    """The first line of what went wrong, or why it was skipped."""
    if report.outcome == "passed":
        return ""
    if isinstance(report.longrepr, tuple):
        return str(report.longrepr[2]).removeprefix("Skipped: ")
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message if crash is not None else report.longrepr or "").partition("\n")[0]


def _digest(parts: Any) -> str:
    return hashlib.sha256("\n".join(sorted(set(parts))).encode()).hexdigest()


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
