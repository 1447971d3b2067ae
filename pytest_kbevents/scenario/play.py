"""Plays steps, one after the other or side by side, and hands out what is to be waited for."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from pytest_kbevents.errors import ApiError, InputError, JudgementFailed, NoAnswer, ScenarioError
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.pending import Pending
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.steplog import Entry, StepLog
from pytest_kbevents.scenario.steps import Step
from pytest_kbevents.scenario.template import Scope

Course = Generator[Pending, None, None]
"""Runs up to the next thing to wait for; to be resumed when that is done or its time is up. What is thrown into it
counts as the failure of the step that waits.
"""


class StepFailed(Exception):
    """A step's assertion does not hold, or it could not be carried out."""

    def __init__(self, entry: Entry, operation: Operation | None, failure: JudgementFailed) -> None:
        super().__init__(failure.problem)
        self.entry = entry
        self.operation = operation
        self.failure = failure


def play(course: Sequence[Step], scope: Scope, stage: Stage, log: StepLog) -> Course:
    """Raises StepFailed; ScenarioError for what only the run could tell."""
    for step in course:
        if step.group is not None:
            yield from play(step.branches[0], step.inner(scope), stage, log)
        elif step.branches:
            yield from _abreast(step, scope, stage, log)
        else:
            scope = yield from _single(step, scope, stage, log)


def _single(step: Step, scope: Scope, stage: Stage, log: StepLog) -> Generator[Pending, None, Scope]:
    """What the steps after it know."""
    data = step.render(scope)
    operation = step.operation(data)
    operation.check(stage.shared.plan, step.document, step.path)
    stage.before(judges=operation.judges)
    stage.at = step.position
    entry = log.begin(step, data, judges=operation.judges)
    own = stage.world.own_requests
    try:
        sent = len(own)
        pending = operation.execute(stage)
        if not operation.judges:
            wrote = own[sent:]
            stage.world.catch_up(wrote)  # what it wrote is judged from here on
            stage.go_on(wrote)
        stage.raise_broken()
        while pending is not None:
            entry.pending = pending
            yield pending
            sent = len(own)
            pending = pending.settle()
            if not operation.judges:
                stage.go_on(own[sent:])
    except JudgementFailed as failure:
        raise StepFailed(entry, operation, failure) from None
    except (ApiError, NoAnswer) as error:
        raise StepFailed(entry, operation, JudgementFailed(f"the API server: {error}")) from None
    except ScenarioError:
        raise  # the file is wrong at a place that it names
    except InputError as error:
        raise StepFailed(entry, operation, JudgementFailed(str(error))) from None
    finally:
        if entry.pending is not None and hasattr(entry.pending, "abandon"):
            entry.pending.abandon()
    log.end(entry, "held" if operation.judges else "done")
    return scope.with_value(operation.binds, stage.bound[operation.binds]) if operation.binds else scope


class _Branch:
    """One of several courses, and what it waits for."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.pending: Pending | None = None

    def go_on(self) -> None:
        """Up to the next thing to wait for, or its end."""
        self.pending = next(self.course, None)


class _Any:
    """Waits for the first of several."""

    def __init__(self, waiting: Sequence[Pending]) -> None:
        self._waiting = waiting
        self.deadline = min(pending.deadline for pending in waiting)

    def done(self) -> bool:
        """When one is."""
        return any(pending.done() for pending in self._waiting)

    def settle(self) -> None:
        """Each is settled by itself."""


def _abreast(step: Step, scope: Scope, stage: Stage, log: StepLog) -> Course:
    stage.before(judges=False)
    branches = [_Branch(play(course, scope, stage.fork(), log)) for course in step.branches]
    ready, waiting = branches, list[tuple[_Branch, Pending]]()
    try:
        while ready or waiting:
            stage.shared.rng.shuffle(ready)
            for branch in ready:
                branch.go_on()
            waiting = [(each, each.pending) for each in branches if each.pending is not None]
            if waiting:
                yield _Any([pending for _, pending in waiting])
            now = stage.world.clock.micros()
            ready = [each for each, pending in waiting if pending.done() or now >= pending.deadline]
    except JudgementFailed as failure:  # thrown in: an invariant broke
        raise StepFailed(log.begin(step, step.data, judges=False), None, failure) from None
    finally:
        for branch in branches:
            branch.course.close()
    stage.joined()
