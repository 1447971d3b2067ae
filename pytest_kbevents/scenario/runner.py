"""Carries a scenario out and says what it came to."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from pytest_kbevents.clock import SECOND
from pytest_kbevents.cluster.backend import Backend
from pytest_kbevents.environment.world import Cast, World
from pytest_kbevents.errors import JudgementFailed
from pytest_kbevents.scenario import functions
from pytest_kbevents.scenario.finding import finding
from pytest_kbevents.scenario.invariant import Invariant
from pytest_kbevents.scenario.judgements.invariants import Lasting
from pytest_kbevents.scenario.play import Course, StepFailed, play
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.stage import Shared, Stage, raise_unmet
from pytest_kbevents.scenario.steplog import StepLog
from pytest_kbevents.scenario.steps import Step
from pytest_kbevents.scenario.template import Scope
from pytest_kbevents.scenario.verdict import Finding, Outcome, Told, Verdict

Heard = Callable[[Step], None]
"""Told of each step that begins."""


def run(
    scenario: Scenario, backend: Backend, cast: Cast, time_scale: float = 1.0, heard: Heard = lambda _: None
) -> Verdict:
    """Open a world, run the scenario in it, close it. Raises ScenarioError for what only the run could tell."""
    world = World(backend, namespace_of(scenario.name), scenario.workload, cast)
    try:
        return perform(scenario, world, cast, time_scale, heard)
    finally:
        world.close()


def perform(
    scenario: Scenario, world: World, cast: Cast, time_scale: float = 1.0, heard: Heard = lambda _: None
) -> Verdict:
    """Run a scenario in a world that is open, and stays open."""
    shared = Shared(scenario.plan, time_scale, random.Random(f"branches {cast.seed}"))
    stage = Stage(world, shared)
    scope = scenario.bind(functions.live(world, cast.seed))
    log = StepLog(world.clock.micros, heard)
    begun = _begin(scenario.lasting, scope, stage)
    found = _carry_out(scenario.steps, scope, stage, log)
    now = world.clock.micros()
    return Verdict(
        scenario,
        cast,
        world.opened,
        (now - world.opened) / SECOND,
        world.history,
        world.requests,
        world.audit,
        log.told(scenario.steps, scope),
        tuple(_told(step, invariant, now) for step, invariant in begun),
        found,
    )


def namespace_of(name: str) -> str:
    """Of a scenario's world."""
    return re.sub(r"[^a-z0-9]+", "-", f"kb-{name}".lower()).strip("-")[:60].strip("-")


def _begin(lasting: tuple[Step, ...], scope: Scope, stage: Stage) -> list[tuple[Step, Invariant]]:
    for step in lasting:
        rule = step.read(scope)
        assert isinstance(rule, Lasting), "the schema has room for no others"
        rule.begin(stage)
    return list(zip(lasting, stage.shared.invariants, strict=True))


def _carry_out(steps: tuple[Step, ...], scope: Scope, stage: Stage, log: StepLog) -> Finding | None:
    course = play(steps, scope, stage, log)
    try:
        _advance(course, stage)
        _finish(stage)
    except StepFailed as failed:
        entry, failure, operation = failed.entry, failed.failure, failed.operation
    except JudgementFailed as ending:
        entry, failure, operation = log.entries[-1], ending, None
    else:
        return None
    finally:
        course.close()
    log.end(entry, "failed")
    return finding(entry, operation, failure, (stage, log))


def _advance(course: Course, stage: Stage) -> None:
    """Let the world go on whenever something is waited for. Raises StepFailed."""
    shared, world = stage.shared, stage.world

    def broken() -> bool:
        now = world.clock.micros()
        return any(invariant.broken(now) is not None for invariant in shared.invariants)

    for pending in course:
        world.until(lambda wanted=pending: broken() or wanted.done(), pending.deadline)  # type: ignore[misc]
        try:
            stage.raise_broken()
        except JudgementFailed as failure:
            course.throw(failure)


def _finish(stage: Stage) -> None:
    """Let every open question be decided, then ask whether anything was judged. Raises JudgementFailed."""
    world, invariants = stage.world, stage.shared.invariants
    now = world.clock.micros()
    deadline = max((moment for each in invariants if (moment := each.decided_at()) is not None), default=now)
    world.until(lambda: not any(each.decided_at() is not None for each in invariants), deadline + 1)
    stage.raise_broken()
    for invariant in invariants:
        invariant.raise_vacuous()
    raise_unmet(stage.shared)


def _told(step: Step, invariant: Invariant, now: int) -> Told:
    outcome: Outcome = "held" if invariant.broken(now) is None else "failed"
    return Told(step.verb, invariant.rule.text, step.position, True, outcome, invariant.begun, now)
