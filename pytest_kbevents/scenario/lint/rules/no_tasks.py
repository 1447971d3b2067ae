"""Tasks where there are none."""

from __future__ import annotations

from pytest_kbevents.api.names import DATA_LOAD
from pytest_kbevents.scenario.judgements.expect import Expect
from pytest_kbevents.scenario.judgements.invariants import Always
from pytest_kbevents.scenario.judgements.stays import Stays
from pytest_kbevents.scenario.lint.asked import asked
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.operations.apply import Apply
from pytest_kbevents.scenario.operations.delete import Delete
from pytest_kbevents.scenario.operations.patch import Patch
from pytest_kbevents.scenario.operations.run import Run
from pytest_kbevents.scenario.operations.scale import Scale
from pytest_kbevents.scenario.subjects.replica import Replica
from pytest_kbevents.scenario.subjects.subject import Subject
from pytest_kbevents.scenario.subjects.tasks import Tasks


@rule("no-tasks", "warning")
def no_tasks(case: Case) -> Found:
    """`tasks` or a `replica` is judged where the cluster has no `dataLoad` and no step writes what is looked at."""
    if DATA_LOAD in case.workload.actions or _is_written(case):
        return
    scaled = case.uses(Scale)
    for turn in case.judging:
        for found in asked(turn) if isinstance(turn.operation, (Expect, Stays, Always)) else ():
            subject = found.subject
            if _asks(subject) and not (scaled and isinstance(subject, Replica)):
                yield found.at(subject.key), f"nothing makes {subject.name()}: give the cluster the action {DATA_LOAD}"


def _asks(subject: Subject) -> bool:
    """Whether it asks for something that is not so from the start."""
    if isinstance(subject, Tasks):
        return bool(subject.replicas) or bool(subject.text)
    return isinstance(subject, Replica) and subject.loaded is not None


def _is_written(case: Case) -> bool:
    if case.is_open(Patch, Apply, Delete) or case.uses(Run):
        return True
    kinds = {kind for kind, _ in case.made} | {delete.kind for _, delete in case.turns_of(Delete)}
    kinds |= {patch.kind for _, patch in case.turns_of(Patch)}
    return bool(kinds & {"ConfigMap", "InstanceSet"})
