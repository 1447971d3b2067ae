"""Carries a scenario out, step by step, and says what it came to."""

from __future__ import annotations

from pytest_kbevents.api.resources import EVENTS, PODS
from pytest_kbevents.clock import SECOND
from pytest_kbevents.cluster.backend import Backend
from pytest_kbevents.environment.world import Cast, World
from pytest_kbevents.errors import ApiError, JudgementFailed, NoAnswer
from pytest_kbevents.history.describe import describe
from pytest_kbevents.history.revision import Revision
from pytest_kbevents.scenario import functions
from pytest_kbevents.scenario.never import Never
from pytest_kbevents.scenario.operations.judgement import Judgement
from pytest_kbevents.scenario.operations.operation import Operation
from pytest_kbevents.scenario.scenario import Scenario, Step
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.verdict import Finding, Line, Verdict

REVISIONS_SHOWN = 10


def run(scenario: Scenario, backend: Backend, cast: Cast, time_scale: float = 1.0) -> Verdict:
    """Open a world, run the scenario in it, close it. Raises ScenarioError for what only the run could tell."""
    world = World(backend, f"kb-{scenario.name}", scenario.workload, cast)
    try:
        return perform(scenario, world, cast.release, time_scale)
    finally:
        world.close()


def perform(scenario: Scenario, world: World, release: str, time_scale: float = 1.0) -> Verdict:
    """Run a scenario in a world that is open, and stays open."""
    stage = Stage(world, [Never(model, world.history) for model in scenario.never], time_scale)
    scope = scenario.bind(functions.live(world))
    finding = None
    for step in scenario.steps:
        operation = step.read(scope)
        finding = _carry_out(step, operation, stage, last=step is scenario.steps[-1])
        if finding is not None:
            break
    seconds = (world.clock.micros() - world.opened) / SECOND
    return Verdict(scenario.name, release, seconds, world.history, finding)


def _carry_out(step: Step, operation: Operation, stage: Stage, *, last: bool) -> Finding | None:
    try:
        operation.execute(stage)
        if not isinstance(operation, Judgement):
            stage.world.catch_up()  # what it wrote is judged from here on
        stage.raise_broken()
        if last:
            stage.finish()
    except JudgementFailed as failure:
        return _finding(step, operation, stage, failure)
    except (ApiError, NoAnswer) as error:
        return _finding(step, operation, stage, JudgementFailed(f"the API server: {error}", expected=None, seen=None))
    return None


def _finding(step: Step, operation: Operation, stage: Stage, failure: JudgementFailed) -> Finding:
    world = stage.world
    concerns = operation.subject.concerns if isinstance(operation, Judgement) else _is_of_a_role
    relevant = [revision for revision in world.history.revisions if concerns(revision)][-REVISIONS_SHOWN:]
    return Finding(
        step.position,
        step.verb,
        failure.problem,
        failure.expected,
        failure.seen,
        tuple(
            Line(revision.number, stage.since_start(revision.micros), _writer(world, revision), describe(revision))
            for revision in relevant
        ),
        _last_error(stage),
    )


def _is_of_a_role(revision: Revision) -> bool:
    return revision.resource in (PODS, EVENTS)


def _writer(world: World, revision: Revision) -> str:
    return world.audit.writer(revision.number) or "?"


def _last_error(stage: Stage) -> str:
    """The newest answer of 400 or above in this world. A GET that finds nothing is how an agent asks, and no error."""
    world = stage.world
    for entry in reversed(world.audit.entries):
        asked = entry.method == "GET" and entry.code == 404
        if entry.code >= 400 and not asked and f"/{world.namespace}" in entry.path:
            when = stage.since_start(entry.micros)
            return f"{entry.code} to {entry.user_agent} at {when}, {entry.method} {entry.path}: {entry.problem}"
    return ""
