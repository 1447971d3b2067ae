"""Patches that the API server would refuse."""

from __future__ import annotations

from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.objects import untouched
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.operations.patch import Patch


@rule("refused-patch", "error")
def refused_patch(case: Case) -> Found:
    """A `patch` that the API server refuses, of an object that the run begins with and no step before it has changed.
    It is tried on the embedded API server.
    """
    for turn in untouched(case):
        patch = turn.operation
        if not isinstance(patch, Patch) or not case.rehearsal.has(patch.kind, patch.name):
            continue
        if why := case.rehearsal.refusal(patch):
            told = f"this patch of {patch.kind} {patch.name} would be refused: {why}; change the patch"
            yield turn.at("patch"), told
