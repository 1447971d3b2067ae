"""Judgements of what will never be there."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_kbevents.errors import Position
from pytest_kbevents.scenario.check import unknown
from pytest_kbevents.scenario.judgements.counts import Counts
from pytest_kbevents.scenario.lint.asked import Asked, asked
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.operations.apply import Apply
from pytest_kbevents.scenario.operations.run import Run
from pytest_kbevents.scenario.subjects.component import ComponentAvailable
from pytest_kbevents.scenario.subjects.object import ObjectMatches
from pytest_kbevents.scenario.subjects.pod import PodRole
from pytest_kbevents.scenario.subjects.service import ServiceRoutes
from pytest_kbevents.scenario.subjects.tasks import Tasks
from pytest_kbevents.scenario.tallies.writes import Writes

_Named = tuple[str, str, Position]
"""A kind, a name, and where that stands."""


@rule("unknown-subject", "error")
def unknown_subject(case: Case) -> Found:
    """A judgement of a Service, Pod, Component or InstanceSet that the cluster does not have and no step makes."""
    if case.is_open(Apply) or case.uses(Run):
        return
    for turn in case.judging:
        named = [each for found in asked(turn) for each in _named(found)]
        if isinstance(turn.operation, Counts) and isinstance(turn.operation.tally, Writes):
            writes = turn.operation.tally.writes
            named.append((writes.kind, writes.name, turn.at("writes", "name")))
        for kind, name, at in named:
            there = _there(case, kind)
            if there is not None and name and name not in there:
                yield at, f"{unknown(kind, name, there)} (the cluster does not have it, and no step makes it)"


def _named(found: Asked) -> Iterator[_Named]:
    subject = found.subject
    if isinstance(subject, ServiceRoutes):
        yield "Service", subject.service, found.at(subject.key)
    elif isinstance(subject, PodRole):
        yield "Pod", subject.pod, found.at(subject.key)
    elif isinstance(subject, ComponentAvailable):
        yield "Component", subject.component, found.at(subject.key)
    elif isinstance(subject, Tasks):
        yield "InstanceSet", subject.tasks, found.at(subject.key)
    elif isinstance(subject, ObjectMatches):
        yield subject.object.kind, subject.object.name, found.at(subject.key, "name")


def _there(case: Case, kind: str) -> set[str] | None:
    """The names of that kind; None for kinds of which others may make some."""
    workload = case.workload
    begun = {
        "Service": set(workload.services),
        "Pod": set(workload.all_pods),
        "Component": {workload.name},
        "InstanceSet": {workload.name},
    }.get(kind)
    return None if begun is None else begun | {name for made, name in case.made if made == kind}
