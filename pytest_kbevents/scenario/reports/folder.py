"""The folder of a run: files for each verdict, to be looked at later and elsewhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pytest_kbevents.errors import SettingError
from pytest_kbevents.scenario.reports.document import Origin, summary, whole
from pytest_kbevents.scenario.reports.page import page
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.verdict import Verdict
from pytest_kbevents.scenario.yamltext import block
from pytest_kbevents.settings import Keep


class Folder:
    """Writes ``NAME.RELEASE.*``: verdict.json, history.jsonl, scenario.yaml (as it was played), WHO.log, and html.

    A run with another seed than ``seed`` is ``NAME.RELEASE.seedN``. The second file of one name has a short hash of its
    path at the end.
    """

    def __init__(self, path: Path, keep: Keep, seed: int) -> None:
        """``keep`` is of which runs there is a page."""
        self._path = path
        self._keep = keep
        self._seed = seed
        self._files: dict[str, str] = {}
        """Whose each name is."""

    def claim(self, scenario: Scenario) -> bool:
        """Whether its name means its file here: the file that comes first has it."""
        file = scenario.document.file
        return self._files.setdefault(scenario.name, file) == file

    def write(self, verdict: Verdict, origin: Origin) -> None:
        """Raises SettingError when it cannot."""
        name = self._name(verdict)
        self.put(f"{name}.verdict.json", to_json(summary(verdict, origin)))
        self.put(f"{name}.history.jsonl", verdict.history.dump())
        self.put(f"{name}.scenario.yaml", block(verdict.rendered))
        for who, text in verdict.logs.items():
            self.put(f"{name}.{who}.log", text)
        if self._keep == "always" or (self._keep == "failed" and not verdict.passed):
            self.put(f"{name}.html", page(whole(verdict, origin)))
        else:
            self._drop(f"{name}.html")

    def put(self, name: str, text: str) -> None:
        """One file. Raises SettingError when it cannot be written."""
        file = self._path / name
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise SettingError(f"--kb-report: {file} cannot be written: {error.strerror or error}") from None

    def _drop(self, name: str) -> None:
        """What an earlier run of that name left."""
        file = self._path / name
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise SettingError(f"--kb-report: {file} cannot be removed: {error.strerror or error}") from None

    def _name(self, verdict: Verdict) -> str:
        seed = verdict.cast.seed
        parts = [verdict.scenario, verdict.release, *([f"seed{seed}"] if seed != self._seed else [])]
        if not self.claim(verdict.of):
            parts.append(hashlib.sha256(verdict.of.document.file.encode()).hexdigest()[:8])
        return ".".join(parts)


def to_json(data: Mapping[str, Any]) -> str:
    """To be read by people, too."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
