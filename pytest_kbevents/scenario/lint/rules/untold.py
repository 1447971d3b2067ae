"""Events that no agent tells."""

from __future__ import annotations

from pytest_kbevents.api.names import LEGACY_ROLE_REASON, TASK
from pytest_kbevents.scenario.check import unknown
from pytest_kbevents.scenario.judgements.before import Before
from pytest_kbevents.scenario.judgements.expect import Expect
from pytest_kbevents.scenario.judgements.invariants import Always
from pytest_kbevents.scenario.judgements.stays import Stays
from pytest_kbevents.scenario.lint.asked import asked
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.lint.turn import Turn
from pytest_kbevents.scenario.operations.event import Event
from pytest_kbevents.scenario.operations.run import Run
from pytest_kbevents.scenario.subjects.told import Told


@rule("untold", "error")
def untold(case: Case) -> Found:
    """A judgement of an agent's `event` that no agent tells: the cluster has no such probe and no step writes such an
    Event, or it is about a Pod that will never be there.
    """
    written = [event for _, event in case.turns_of(Event)]
    fields = {field for event in written for field in event.fields}
    if case.is_open(Event) or case.uses(Run):
        return
    reasons = {*case.workload.probes, TASK, LEGACY_ROLE_REASON, *(event.template for event in written)}
    told_as = case.scenario.plan.templates.keys() & {event.template for event in written} - _REASONS
    for turn in case.judging:
        for found in asked(turn):
            if not isinstance(found.subject, Told):
                continue
            reason, about = found.subject.event, found.subject.about
            if _asserts(turn) and reason not in reasons and "reason" not in fields and not told_as:
                problem = unknown("probe", reason, case.workload.probes)
                yield found.at("event"), f"{problem} (the cluster does not have it, and no step writes such an Event)"
            if not _is_pod(about, case) and "involvedObject" not in fields and not told_as:
                problem = unknown("Pod", about, case.workload.all_pods)
                yield found.at("about"), f"{problem} (the cluster does not have it, and no Event is about it)"


def _asserts(turn: Turn) -> bool:
    """Whether there must be such an Event; that there is none may well be said of what nobody tells."""
    return isinstance(turn.operation, (Always, Before, Expect, Stays))


def _is_pod(name: str, case: Case) -> bool:
    return name in case.workload.all_pods or ("Pod", name) in case.made


_REASONS = {"roleProbe", "availableProbe", TASK, LEGACY_ROLE_REASON}
"""Templates that are named by the reason that they write."""
