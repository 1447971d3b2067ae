"""Availability where nothing judges it."""

from __future__ import annotations

from pytest_kbevents.api.names import AVAILABLE_PROBE
from pytest_kbevents.scenario.judgements.expect import Expect
from pytest_kbevents.scenario.judgements.invariants import Always
from pytest_kbevents.scenario.judgements.stays import Stays
from pytest_kbevents.scenario.lint.asked import asked
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.operations.apply import Apply
from pytest_kbevents.scenario.operations.patch import Patch
from pytest_kbevents.scenario.operations.run import Run
from pytest_kbevents.scenario.subjects.component import ComponentAvailable


@rule("unjudged-availability", "warning")
def unjudged_availability(case: Case) -> Found:
    """A Component is to be available, or not, where the cluster has neither `available` nor an `availableProbe`: nobody
    judges it then.
    """
    if case.workload.available is not None or AVAILABLE_PROBE in case.workload.probes or _is_written(case):
        return
    for turn in case.judging:
        for found in asked(turn) if isinstance(turn.operation, (Expect, Stays, Always)) else ():
            if isinstance(found.subject, ComponentAvailable) and found.subject.available is not None:
                at, told = found.at("available"), found.subject.available
                yield at, f"nothing makes this {told}: give the cluster an availableProbe, or a policy of available"


def _is_written(case: Case) -> bool:
    """Whether a step may write the condition itself."""
    kinds = {kind for kind, _ in case.made} | {patch.kind for _, patch in case.turns_of(Patch)}
    return case.is_open(Patch, Apply) or case.uses(Run) or "Component" in kinds
