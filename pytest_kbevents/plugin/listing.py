"""``--kb-list``: what would run."""

from __future__ import annotations

import textwrap
from pathlib import Path

from pytest_kbevents.plugin.session import ScenarioSession
from pytest_kbevents.releases import RELEASES
from pytest_kbevents.scenario.catalog import Entry
from pytest_kbevents.scenario.report import WIDTH
from pytest_kbevents.settings import CLUSTERS, Settings


def listing(settings: Settings, root: Path, base: Path) -> str:
    """One paragraph a scenario, and what all of them share. Raises SelectionError, ScenarioError."""
    entries = ScenarioSession(settings, root, base).select()
    shared = f"worlds: {', '.join(CLUSTERS)}; releases: {', '.join(RELEASES)}"
    count = f"{len(entries)} scenario{'' if len(entries) == 1 else 's'}"
    return "\n".join([*(_paragraph(entry) for entry in entries), f"{count}; {shared}"])


def _paragraph(entry: Entry) -> str:
    scenario = entry.opened()
    head = f"{scenario.name}  [{scenario.level}, {scenario.labels.get('area', 'no area')}]"
    return f"{head}\n{textwrap.fill(scenario.description, WIDTH, initial_indent='  ', subsequent_indent='  ')}"
