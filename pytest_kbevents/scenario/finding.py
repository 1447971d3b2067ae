"""From a failure to what a person needs to see of it."""

from __future__ import annotations

from pytest_kbevents.api.resources import EVENTS, PODS
from pytest_kbevents.clock import SECOND
from pytest_kbevents.errors import JudgementFailed
from pytest_kbevents.history.describe import describe
from pytest_kbevents.history.revision import Revision
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.steplog import Entry, StepLog
from pytest_kbevents.scenario.subjects.subject import Subject
from pytest_kbevents.scenario.verdict import Finding, Line

REVISIONS_SHOWN = 10
SHOWN_AFTER = 3
"""Of these, after the one that broke it."""


def finding(
    entry: Entry, operation: Operation | None, failure: JudgementFailed, course: tuple[Stage, StepLog]
) -> Finding:
    """``course`` is where it happened, and all the steps that have been taken."""
    stage, log = course
    world = stage.world
    shown = _shown([each for each in world.history.revisions if _concerns(operation, each)], failure.revision)
    return Finding(
        entry.step.position,
        entry.step.verb,
        failure.problem,
        failure.expected,
        failure.seen,
        tuple(_line(stage, each) for each in shown),
        _last_error(stage),
        entry.step.used_at,
        failure.said_at if failure.said_at != entry.step.position else None,
        failure.vacuous,
        failure.revision,
        world.clock.micros(),
        failure.nearest,
        _also(entry, failure, stage, log),
        _waiting(entry, stage, log),
    )


def _shown(relevant: list[Revision], broke: int | None) -> list[Revision]:
    """The last ones, or those about the one that broke it."""
    last = next((index for index, each in enumerate(relevant) if each.number == broke), len(relevant)) + SHOWN_AFTER
    return relevant[: last + 1][-REVISIONS_SHOWN:]


def _concerns(operation: Operation | None, revision: Revision) -> bool:
    subject = getattr(operation, "subject", None)
    if isinstance(subject, Subject):
        return subject.concerns(revision)
    return revision.resource in (PODS, EVENTS)


def _line(stage: Stage, revision: Revision) -> Line:
    writer = stage.world.writer(revision.number) or "?"
    return Line(revision.number, stage.since_start(revision.micros), writer, describe(revision))


def _also(entry: Entry, failure: JudgementFailed, stage: Stage, log: StepLog) -> tuple[str, ...]:
    """What else is broken, or would be if its time were up."""
    now = stage.world.clock.micros()
    broken = (each.rule.text for each in stage.shared.invariants if each.broken(now) is not None)
    others = (
        each.told().text for each in _open(entry, log) if each.judges and each.pending and not each.pending.done()
    )
    return tuple(
        text for text in dict.fromkeys((*broken, *others)) if not failure.problem.startswith(text.split(",")[0])
    )


def _waiting(entry: Entry, stage: Stage, log: StepLog) -> tuple[str, ...]:
    now = stage.world.clock.micros()
    return tuple(
        f"{each.told().text}: {max(each.pending.deadline - now, 0) / SECOND:g}s left"
        for each in _open(entry, log)
        if each.pending
    )


def _open(entry: Entry, log: StepLog) -> list[Entry]:
    return [each for each in log.entries if each is not entry and each.ended is None]


def _last_error(stage: Stage) -> str:
    """The newest error that anybody in this world heard."""
    world = stage.world
    failed = [each for each in (*world.requests, *world.own_requests) if each.failed]
    if not failed:
        return ""
    last = max(failed, key=lambda each: each.micros)
    when = stage.since_start(last.micros)
    return f"{last.answer} to {last.user_agent} at {when}, {last.method} {last.path}: {last.problem}"
