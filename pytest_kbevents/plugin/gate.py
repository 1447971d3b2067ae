"""The end of a run: the table of conformance, the bundle, and an exit code that a gate can trust."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_kbevents.errors import SettingError
from pytest_kbevents.settings import Settings

if TYPE_CHECKING:
    from pytest_kbevents.plugin.conformance import Conformance

BUNDLE = "conformance.json"
SHOWN = 5
"""Reasons why nothing was decided."""


class Gate:
    """A plugin of its own: hears every result. What it needs is imported when the first scenario's comes."""

    def __init__(self, config: pytest.Config, settings: Settings) -> None:
        self._config = config
        self._settings = settings
        self._is_worker = hasattr(config, "workerinput")
        self._conformance: Conformance | None = None
        self._problem = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what scenarios come to."""
        if any(key == "kb_scenario" for key, _ in report.user_properties):
            if self._conformance is None:
                from pytest_kbevents.plugin.conformance import Conformance

                self._conformance = Conformance(self._settings)
            self._conformance.add(report)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the bundle. A run in which nothing was decided is no pass."""
        found = self._conformance
        if found is None or self._is_worker:
            return
        if self._settings.report:
            from pytest_kbevents.scenario.reports.folder import Folder

            folder = Path(self._config.invocation_params.dir) / self._settings.report
            try:
                Folder(folder, self._settings.keep).put(BUNDLE, found.bundle())
            except SettingError as error:
                self._problem = str(error)
                session.exitstatus = pytest.ExitCode.USAGE_ERROR
        if self._settings.scenarios and not found.decided and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The table, where there is something to compare."""
        found = self._conformance
        if found is None:
            return
        if self._problem:
            terminalreporter.write_line(f"ERROR: {self._problem}", red=True)
        if not found.decided:
            terminalreporter.write_line("kbevents: nothing was decided, so that nothing passed:", yellow=True)
            for reason in list(dict.fromkeys(result.problem for result in found.results.values()))[:SHOWN]:
                terminalreporter.write_line(f"  {reason}", yellow=True)
        if len(found.results) > 1:
            terminalreporter.section(f"kbevents: conformance of {self._settings.controller}")
            for line in found.table():
                terminalreporter.write_line(line)
