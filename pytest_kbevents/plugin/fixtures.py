"""What tests of our users can ask for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pytest_kbevents.errors import SettingError
from pytest_kbevents.plugin.session import ScenarioSession
from pytest_kbevents.releases import RELEASES
from pytest_kbevents.scenario.loader import read
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.verdict import Verdict


class Run:
    """Runs scenarios with the session's settings."""

    def __init__(self, scenarios: ScenarioSession) -> None:
        self._scenarios = scenarios

    def __call__(
        self, scenario: str | Path | Mapping[str, Any], *, release: str | None = None, seed: int | None = None
    ) -> Verdict:
        """Run one scenario: its name, its file, its text (anything with a line break), or its data.

        Raises:
            InputError: there is no such scenario or release, or the scenario cannot be used.
        """
        release = release or self._scenarios.settings.releases[0]
        if release not in RELEASES:
            raise SettingError(f"unknown release {release!r}; one of {', '.join(RELEASES)}")
        return self._scenarios.run(self._scenario(scenario), release, seed)

    def _scenario(self, given: str | Path | Mapping[str, Any]) -> Scenario:
        if isinstance(given, Mapping):
            return read(json.dumps(given), "<mapping>")
        if isinstance(given, str) and "\n" in given:
            return read(given, "<text>")
        return self._scenarios.named(str(given))
