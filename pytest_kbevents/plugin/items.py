"""Scenarios as pytest sees them: a file, and a test for each release."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_kbevents.errors import InputError
from pytest_kbevents.scenario.report import report
from pytest_kbevents.scenario.scenario import Scenario

if TYPE_CHECKING:
    from pytest_kbevents.plugin.session import ScenarioSession


class ScenarioFailed(Exception):
    """A scenario's verdict is that something does not hold; the text is the report."""


class ScenarioFile(pytest.File):
    """A scenario file."""

    def __init__(self, *, scenarios: ScenarioSession, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._scenarios = scenarios

    def collect(self) -> Iterable[pytest.Item]:
        """One item a release."""
        try:
            entry = self._scenarios.read(self.path)
        except InputError as error:
            raise self.CollectError(str(error)) from None
        return list(self._scenarios.of_entry(entry, self))


class ScenarioItem(pytest.Item):
    """One scenario with one release."""

    def __init__(self, *, run: tuple[ScenarioSession, Scenario, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._scenarios, self._scenario, self._release = run

    def runtest(self) -> None:
        """Raises ScenarioFailed with the report."""
        verdict = self._scenarios.run(self._scenario, self._release)
        if not verdict.passed:
            raise ScenarioFailed(report(verdict, self._scenarios.command(self._scenario, self.path, self._release)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any, **kwargs: Any) -> Any:
        """The report alone: a traceback of ours says nothing about the scenario."""
        if isinstance(excinfo.value, (ScenarioFailed, InputError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, *args, **kwargs)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the scenario stands, and what it is called."""
        return self.path, 0, f"scenario {self.name}"
