"""The end of a run: the table of conformance, the bundle, and an exit code that a gate can trust."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_kbevents.errors import SettingError
from pytest_kbevents.settings import SUFFIXES, Settings

if TYPE_CHECKING:
    from pytest_kbevents.plugin.conformance import Conformance, Told

BUNDLE = "conformance.json"
SHOWN = 5
"""Reasons why nothing was decided."""


class Gate:
    """A plugin of its own: hears every result. What it needs is imported when the first scenario's comes."""

    def __init__(self, config: pytest.Config, settings: Settings, find: Callable[[str], Told]) -> None:
        """``find`` gives a scenario's properties by its test id; none for other tests."""
        self._config = config
        self._settings = settings
        self._find = find
        self._is_worker = hasattr(config, "workerinput")
        self._runs = False
        self._conformance: Conformance | None = None
        self._collected: dict[str, Told | None] = {}
        """By test id; None is not known yet."""
        self._crashed: dict[str, pytest.TestReport] = {}
        self._broken: list[pytest.CollectReport] = []
        self._problem = ""

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """A run begins, unless all that is wanted is a list. Raises UsageError when its record could not be kept."""
        self._runs = not self._is_worker and not self._config.option.collectonly
        if self._runs and self._settings.record:
            from pytest_kbevents.plugin import trackrecord

            try:
                trackrecord.frame(self._record_file)
            except SettingError as error:
                raise pytest.UsageError(str(error)) from None

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what cannot be collected."""
        if report.failed:
            self._broken.append(report)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Keep which scenarios there are."""
        self._collected |= {item.nodeid: item.user_properties for item in session.items if _is_told(item)}

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        """Keep which tests of files that may be scenarios a worker has. What they are is asked when one is missed."""
        self._collected |= dict.fromkeys(each for each in ids if each.partition("::")[0].endswith(SUFFIXES))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what scenarios come to, and the tests in which a worker died: these are told with nothing."""
        if _is_told(report):
            self._made().add(report, report.user_properties)
        elif report.failed and report.nodeid in self._collected:
            self._crashed[report.nodeid] = report

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the bundle. A run in which nothing was decided is no pass."""
        if not self._runs:
            return
        self._complete()
        if self._conformance is None:
            return
        if self._settings.scenarios and not self._conformance.decided and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED
        try:
            if self._settings.report:
                self._write(self._conformance, passes=session.exitstatus == pytest.ExitCode.OK)
            if self._settings.record:
                self._record(self._conformance)
        except SettingError as error:
            self._problem = str(error)
            session.exitstatus = pytest.ExitCode.USAGE_ERROR

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The table, where there is something to compare."""
        found = self._conformance
        if found is None:
            return
        if self._problem:
            terminalreporter.write_line(f"ERROR: {self._problem}", red=True)
        ran = [result for result in found.results.values() if result.outcome != "not run"]
        if ran and not found.decided:
            terminalreporter.write_line("kbevents: nothing was decided, so that nothing passed:", yellow=True)
            for reason in list(dict.fromkeys(result.problem for result in ran))[:SHOWN]:
                terminalreporter.write_line(f"  {reason}", yellow=True)
        if len(ran) > 1:
            terminalreporter.section(f"kbevents: conformance of {self._settings.controller}")
            for line in found.table():
                terminalreporter.write_line(line)

    def _complete(self) -> None:
        """Add what was collected and came to nothing. A run that wanted scenarios and came to none is told of, too:
        else the bundle of an earlier one would stay.
        """
        if self._settings.scenarios:
            self._made()
        known = self._conformance.results if self._conformance else {}
        for nodeid, told in self._collected.items():
            if nodeid in known or not (told := self._find(nodeid) if told is None else told):
                continue
            if nodeid in self._crashed:
                self._made().add(self._crashed[nodeid], told)
            else:
                self._made().miss(nodeid, told)

    def _write(self, found: Conformance, *, passes: bool) -> None:
        """Raises SettingError when it cannot."""
        from pytest_kbevents.scenario.reports.folder import Folder

        path = Path(self._config.invocation_params.dir) / self._settings.report
        text = found.bundle(passes=passes, broken=self._broken)
        Folder(path, self._settings.keep, self._settings.seed).put(BUNDLE, text)

    def _record(self, found: Conformance) -> None:
        """Raises SettingError when it cannot be written."""
        from pytest_kbevents.plugin import trackrecord

        ran = [result.told for result in found.results.values() if result.outcome != "not run"]
        trackrecord.put(self._record_file, trackrecord.table(ran, self._settings.releases))

    @property
    def _record_file(self) -> Path:
        return Path(self._config.invocation_params.dir) / self._settings.record

    def _made(self) -> Conformance:
        if self._conformance is None:
            from pytest_kbevents.plugin.conformance import Conformance

            self._conformance = Conformance(self._settings)
        return self._conformance


def _is_told(of: pytest.Item | pytest.TestReport) -> bool:
    """Whether it is a scenario's."""
    return any(key == "kb_scenario" for key, _ in of.user_properties)
