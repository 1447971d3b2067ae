"""Scenarios as pytest sees them: a file, and a test for each release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pytest_kbevents.errors import ClusterFailed, InputError
from pytest_kbevents.plugin.session import ScenarioSession
from pytest_kbevents.scenario.report import report
from pytest_kbevents.scenario.scenario import Scenario


class ScenarioFailed(Exception):
    """A scenario's verdict is that something does not hold; the text is the report."""


def selected(scenarios: ScenarioSession, session: pytest.Session) -> Iterator[pytest.Item]:
    """The items of all selected scenarios. Raises SelectionError, ScenarioError."""
    for choice in scenarios.select():
        path = choice.entry.path
        file = ScenarioFile.from_parent(session, path=path, nodeid=scenarios.told(path), scenarios=scenarios)
        file.only = {scenario.name for scenario in choice.scenarios}
        yield from session.genitems(file)


class ScenarioFile(pytest.File):
    """A scenario file."""

    def __init__(self, *, scenarios: ScenarioSession, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._scenarios = scenarios
        self.only: set[str] | None = None
        """The scenarios of it that are meant; all, if None."""

    def collect(self) -> Iterable[pytest.Item]:
        """One item a scenario and release."""
        try:
            entry = self._scenarios.read(self.path)
        except InputError as error:
            raise self.CollectError(str(error)) from None
        return [
            ScenarioItem.from_parent(self, name=f"{scenario.name}[{release}]", run=(self._scenarios, scenario, release))
            for scenario in entry.cases()
            if self.only is None or scenario.name in self.only
            for release in self._scenarios.settings.releases
        ]


class ScenarioItem(pytest.Item):
    """One scenario with one release."""

    def __init__(self, *, run: tuple[ScenarioSession, Scenario, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._scenarios, self._scenario, self._release = run

    def runtest(self) -> None:
        """Raises ScenarioFailed with the report."""
        if self._scenario.says_of(self._release) is None:
            pytest.skip(f"{self._scenario.name} says nothing about release {self._release}")
        verdict = self._scenarios.run(self._scenario, self._release)
        if not verdict.passed:
            raise ScenarioFailed(report(verdict, self._scenarios.command(self._scenario, self.path, self._release)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any, **kwargs: Any) -> Any:
        """The report alone: a traceback of ours says nothing about the scenario."""
        if isinstance(excinfo.value, (ScenarioFailed, InputError, ClusterFailed)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, *args, **kwargs)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the scenario stands, and what it is called."""
        return self.path, 0, f"scenario {self.name}"
