"""Behaviours that make no difference."""

from __future__ import annotations

from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.releasesmodel import BEHAVIOURS


@rule("same-behaviour", "warning")
def same_behaviour(case: Case) -> Found:
    """A behaviour is named that is the same on all releases on which the scenario passes and fails."""
    said = case.scenario.releases
    for index, name in enumerate(said.behaviours if said is not None else ()):
        assert said is not None, "there are names"
        values = [BEHAVIOURS[name].values[release] for release in (*said.passes_on, *said.fails_on)]
        if all(value == values[0] for value in values):
            at = case.document.position(("spec", "releases", "behaviours", index))
            problem = f"{name} is the same on all releases that are named here"
            yield at, f"{problem}: it cannot make the difference; name another, or another release"
