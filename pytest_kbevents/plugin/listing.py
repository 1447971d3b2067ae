"""``--kb-list``: what would run."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from pytest_kbevents.cluster.backend import NEEDS
from pytest_kbevents.cluster.backends import HAS
from pytest_kbevents.plugin.lacking import clusters
from pytest_kbevents.plugin.session import ScenarioSession
from pytest_kbevents.releases import RELEASES
from pytest_kbevents.scenario.releasesmodel import ReleasesModel
from pytest_kbevents.scenario.reports.terminal import WIDTH
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.settings import CLUSTERS, Settings


def listing(settings: Settings, root: Path, base: Path) -> str:
    """One paragraph a scenario, and what all of them share. Raises SelectionError, ScenarioError."""
    found = [each for choice in ScenarioSession(settings, root, base).select() for each in choice.scenarios]
    count = f"{len(found)} scenario{'' if len(found) == 1 else 's'}; worlds: {', '.join(CLUSTERS)}"
    return "\n".join([*map(_paragraph, found), count, f"releases: {', '.join(RELEASES)}"])


def _paragraph(scenario: Scenario) -> str:
    head = f"{scenario.name}  [{scenario.level}, {scenario.labels.get('area', 'no area')}]"
    places = list(clusters(scenario))
    where = [] if len(places) == len(CLUSTERS) else [f"runs on {', '.join(places) or 'no cluster'}"]
    everywhere = frozenset.intersection(*HAS.values())
    needs = [*(f"needs {need}: {NEEDS[need]}" for need in scenario.needs if need not in everywhere), *where]
    return "\n".join([head, *map(_wrapped, (scenario.description, *needs, *_releases(scenario.releases)))])


def _releases(said: ReleasesModel | None) -> Iterator[str]:
    if said is not None:
        if said.passes_on:
            yield f"passes on {', '.join(said.passes_on)}"
        if said.fails_on:
            yield f"fails on {', '.join(said.fails_on)}"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
