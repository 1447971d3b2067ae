"""``kbevents render``: what a scenario becomes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pytest_kbevents.errors import SelectionError
from pytest_kbevents.scenario import catalog
from pytest_kbevents.scenario.check import unknown
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.writing import written


def add(commands: Any) -> None:
    """Declare the command."""
    text = (
        "Print what a scenario becomes: groups and what it includes put in, each case by itself, templates rendered. "
        "What depends on the moment of its turn (now, uid, what is bound) stays a template, and so means the same."
    )
    parser: argparse.ArgumentParser = commands.add_parser("render", help=text.partition(":")[0], description=text)
    parser.add_argument(
        "scenario", metavar="NAME|FILE", help="a name of the project's or the shipped catalog, or a file"
    )
    parser.add_argument("--case", metavar="K=V,...", default="", help="only the cases with these values of the matrix")
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="what rand and choice choose by; 0 if not given"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print one document a case. Raises SelectionError, ScenarioError."""
    base = Path.cwd()
    folders = [folder for folder in (base / "scenarios", catalog.shipped()) if folder.is_dir()]
    try:
        found = [each for choice in catalog.select([options.scenario], folders, base) for each in choice.scenarios]
    except SelectionError as error:
        raise SelectionError(str(error).removeprefix("--kb-scenario ")) from None
    chosen = found if not options.case else list(_of_case(found, options.case))
    sys.stdout.write("---\n".join(written(scenario, options.seed) for scenario in chosen))
    return 0


def _of_case(scenarios: Iterable[Scenario], case: str) -> Iterable[Scenario]:
    """Those whose matrix has all these values. Raises SelectionError."""
    given = dict(_pair(part) for part in case.split(","))
    spelled = [(scenario, _spelled(scenario.matrix)) for scenario in scenarios]
    for key in given:
        for scenario, values in spelled:
            if key not in values:
                raise SelectionError(f"--case {case}: {scenario.name}: {unknown('key of the matrix', key, values)}")
    found = [scenario for scenario, values in spelled if given.items() <= values.items()]
    if not found:
        names = ", ".join(scenario.name for scenario, _ in spelled)
        raise SelectionError(f"--case {case}: no such case; there are: {names}")
    return found


def _pair(part: str) -> tuple[str, str]:
    key, equals, value = part.partition("=")
    if not (key and equals):
        raise SelectionError(f"--case {part!r}: write KEY=VALUE, with commas between several")
    return key.strip(), value.strip()


def _spelled(matrix: Mapping[str, Any]) -> dict[str, str]:
    """As names of cases spell them."""
    return {key: str(value.get("name", "?") if isinstance(value, dict) else value) for key, value in matrix.items()}
