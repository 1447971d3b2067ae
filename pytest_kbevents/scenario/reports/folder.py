"""The folder of a run: files for each verdict, to be looked at later and elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pytest_kbevents.errors import SettingError
from pytest_kbevents.scenario.reports.document import Origin, summary, whole
from pytest_kbevents.scenario.reports.page import page
from pytest_kbevents.scenario.verdict import Verdict
from pytest_kbevents.scenario.yamltext import block
from pytest_kbevents.settings import Keep


class Folder:
    """Writes ``NAME.RELEASE.*``: verdict.json, history.jsonl, scenario.yaml (as it was played), and html."""

    def __init__(self, path: Path, keep: Keep) -> None:
        """``keep`` is of which runs there is a page."""
        self._path = path
        self._keep = keep

    def write(self, verdict: Verdict, origin: Origin) -> None:
        """Raises SettingError when it cannot."""
        self.put(f"{verdict.scenario}.{verdict.release}.verdict.json", to_json(summary(verdict, origin)))
        self.put(f"{verdict.scenario}.{verdict.release}.history.jsonl", verdict.history.dump())
        self.put(f"{verdict.scenario}.{verdict.release}.scenario.yaml", block(verdict.rendered))
        if self._keep == "always" or (self._keep == "failed" and not verdict.passed):
            self.put(f"{verdict.scenario}.{verdict.release}.html", page(whole(verdict, origin)))

    def put(self, name: str, text: str) -> None:
        """One file. Raises SettingError when it cannot be written."""
        file = self._path / name
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise SettingError(f"--kb-report: {file} cannot be written: {error.strerror or error}") from None


def to_json(data: Mapping[str, Any]) -> str:
    """To be read by people, too."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
