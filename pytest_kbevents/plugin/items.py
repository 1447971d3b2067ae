"""Scenarios as pytest sees them: a file, and a test for each scenario and release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pytest_kbevents.errors import ClusterFailed, InputError, Position
from pytest_kbevents.plugin import trackrecord
from pytest_kbevents.plugin.coloured import ScenarioRepr
from pytest_kbevents.plugin.conformance import properties
from pytest_kbevents.plugin.progress import Progress
from pytest_kbevents.plugin.session import ScenarioSession
from pytest_kbevents.scenario.reports.terminal import Row, rows
from pytest_kbevents.scenario.scenario import Scenario


class ScenarioFailed(Exception):
    """A scenario's verdict is that something does not hold."""

    def __init__(self, report: list[Row], position: Position, problem: str) -> None:
        super().__init__(problem)
        self.report = report
        self.position = position


def selected(scenarios: ScenarioSession, session: pytest.Session, *, tells: bool) -> Iterator[pytest.Item]:
    """The items of all selected scenarios. Raises SelectionError, ScenarioError."""
    for choice in scenarios.select(tells=tells):
        path = choice.entry.path
        file = ScenarioFile.from_parent(session, path=path, nodeid=scenarios.told(path), scenarios=scenarios)
        file.only = {scenario.name for scenario in choice.scenarios}
        yield from session.genitems(file)


def below(scenarios: ScenarioSession, items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Those of a lower level than is wanted."""
    return [item for item in items if isinstance(item, ScenarioItem) and not scenarios.is_of_level(item.scenario)]


class ScenarioFile(pytest.File):
    """A file of scenarios."""

    def __init__(self, *, scenarios: ScenarioSession, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._scenarios = scenarios
        self.only: set[str] | None = None
        """The scenarios of it that are meant; all, if None."""

    def collect(self) -> Iterable[pytest.Item]:
        """One item a scenario and release."""
        try:
            entry = self._scenarios.read(self.path)
        except (InputError, UserWarning) as error:  # a warning, where warnings are errors
            raise self.CollectError(str(error)) from None
        return [
            ScenarioItem.from_parent(
                self,
                name=f"{scenario.name}[{release}]",
                nodeid=f"{self.nodeid}::{scenario.name}[{release}]",  # as --lf will read it from its cache
                run=(self._scenarios, scenario, release),
            )
            for scenario in entry.cases()
            if self.only is None or scenario.name in self.only
            for release in self._scenarios.settings.releases
        ]


class ScenarioItem(pytest.Item):
    """One scenario with one release."""

    def __init__(self, *, run: tuple[ScenarioSession, Scenario, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._scenarios, self.scenario, self.release = run
        self.user_properties += properties(self.scenario, self.release, self._scenarios.settings)
        self.extra_keyword_matches.update(self.scenario.labels.values())  # -k MUST

    @property
    def ihook(self) -> Any:
        """Who hears of it: where it was asked for by name, the project's conftest.py, wherever the file is."""
        asked = isinstance(self.parent, ScenarioFile) and self.parent.only is not None
        return self.session.ihook if asked else super().ihook

    def runtest(self) -> None:
        """Raises ScenarioFailed with the report."""
        scenario, release = self.scenario, self.release
        records = bool(self._scenarios.settings.record)
        if scenario.says_of(release) is None and not records:
            pytest.skip(f"{scenario.name} says nothing about release {release}")
        if lack := self._scenarios.lacks(scenario):
            pytest.skip(lack)
        with Progress(self.config, self.name, scenario) as progress:
            verdict = self._scenarios.run(scenario, release, heard=progress.heard)
        if records:
            self.user_properties += trackrecord.told(verdict)
            if verdict.contradiction and verdict.passed:
                pytest.fail(f"{scenario.name} on {release}: {verdict.contradiction}", pytrace=False)
            if not verdict.contradiction:
                return
        if verdict.finding is not None:
            command = self._scenarios.command(scenario, release, verdict.cast.seed)
            raise ScenarioFailed(rows(verdict, command), verdict.finding.position, verdict.finding.problem)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any, **kwargs: Any) -> Any:
        """The report alone: a traceback of ours says nothing about the scenario."""
        if isinstance(excinfo.value, ScenarioFailed):
            return ScenarioRepr(excinfo.value.report, excinfo.value.position, str(excinfo.value))
        if isinstance(excinfo.value, (InputError, ClusterFailed)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, *args, **kwargs)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the scenario stands, and what it is called."""
        return self.path, 0, f"scenario {self.name}"
