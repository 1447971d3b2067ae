"""Plays steps in a world that is open, and knows at any time what has come of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from pytest_kbevents.clock import SECOND
from pytest_kbevents.environment.world import Cast, World
from pytest_kbevents.errors import JudgementFailed
from pytest_kbevents.scenario import functions
from pytest_kbevents.scenario.finding import finding
from pytest_kbevents.scenario.invariant import Invariant
from pytest_kbevents.scenario.judgements.invariants import LASTING
from pytest_kbevents.scenario.play import Course, StepFailed, play
from pytest_kbevents.scenario.render import rendered
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.stage import Shared, Stage, raise_unmet
from pytest_kbevents.scenario.steplog import StepLog
from pytest_kbevents.scenario.steps import Step
from pytest_kbevents.scenario.verdict import Finding, Outcome, Told, Verdict

LOOKS = 10
"""Times the longest patience, after which it is given up to decide what comes and goes."""
_LASTING = {each.verb for each in LASTING}

Heard = Callable[[Step], None]
"""Told of each step that begins."""


class Conductor:
    """One run. Its rules hold from the moment it is made."""

    def __init__(
        self, scenario: Scenario, world: World, cast: Cast, time_scale: float = 1.0, heard: Heard = lambda _: None
    ) -> None:
        self._scenario = scenario
        self.world = world
        self._cast = cast
        self._stage = Stage(world, Shared(scenario.plan, time_scale, random.Random(f"branches {cast.seed}")))
        self._scope = scenario.bind(functions.live(world, cast.seed))
        self._log = StepLog(world.clock.micros, heard)
        for step in scenario.lasting:
            self._stage.at = step.position
            step.read(self._scope).execute(self._stage)

    @property
    def bound(self) -> dict[str, object]:
        """What ``bind`` and ``run`` have captured, by name."""
        return self._stage.bound

    def play(self, steps: tuple[Step, ...]) -> Finding | None:
        """Carry them out, up to the first failure. Raises ScenarioError for what only the run could tell."""
        course = play(steps, self._scope, self._stage, self._log)
        try:
            self._advance(course)
        except StepFailed as failed:
            self._log.end(failed.entry, "failed")
            return finding(failed.entry, failed.operation, failed.failure, (self._stage, self._log))
        finally:
            course.close()
        return None

    def finish(self) -> Finding | None:
        """Let every open question be decided, then ask whether anything was judged."""
        try:
            self._decide()
        except JudgementFailed as failure:
            entry = self._log.entries[-1]
            self._log.end(entry, "failed")
            return finding(entry, None, failure, (self._stage, self._log))
        return None

    def verdict(self, found: Finding | None) -> Verdict:
        """All that is known now."""
        world, scenario = self.world, self._scenario
        now = world.clock.micros()
        invariants = self._stage.shared.invariants
        broken = {each.rule.said_at for each in invariants if each.broken(now) is not None}
        return Verdict(
            scenario,
            self._cast,
            world.opened,
            (now - world.opened) / SECOND,
            world.history,
            world.requests,
            world.writer,
            tuple(
                replace(told, outcome="failed") if told.verb in _LASTING and told.position in broken else told
                for told in self._log.told(scenario.steps, self._scope)
            ),
            tuple(_told(each, now) for each in invariants),
            rendered(scenario, self._scope, self._log.data_of),
            found,
        )

    def _advance(self, course: Course) -> None:
        """Let the world go on whenever something is waited for. Raises StepFailed."""
        world = self.world
        for pending in course:
            world.until(lambda wanted=pending: self._broken() or wanted.done(), pending.deadline)  # type: ignore[misc]
            try:
                self._stage.raise_broken()
            except JudgementFailed as failure:
                course.throw(failure)

    def _broken(self) -> bool:
        now = self.world.clock.micros()
        return any(invariant.broken(now) is not None for invariant in self._stage.shared.invariants)

    def _decide(self) -> None:
        """Raises JudgementFailed."""
        world, invariants = self.world, self._stage.shared.invariants
        last = world.clock.micros() + (LOOKS + 1) * max((each.rule.patience for each in invariants), default=0)
        while not self._broken() and (moments := _open(invariants)):
            if world.clock.micros() > last:
                raise JudgementFailed("what must not last comes and goes, and cannot be decided")
            world.until(lambda: self._broken() or not _open(invariants), min(moments) + 1)
        self._stage.raise_broken()
        for invariant in invariants:
            invariant.raise_vacuous(self._stage.existed)
        raise_unmet(self._stage.shared)


def _open(invariants: Sequence[Invariant]) -> list[int]:
    """When breaches that still last will have lasted too long."""
    return [moment for each in invariants if (moment := each.decided_at()) is not None]


def _told(invariant: Invariant, now: int) -> Told:
    rule = invariant.rule
    outcome: Outcome = "held" if invariant.broken(now) is None else "failed"
    assert rule.said_at is not None, "every rule is said by a step"
    return Told(rule.word, rule.text, rule.said_at, True, outcome, invariant.begun, now)
