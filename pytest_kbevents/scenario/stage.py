"""Where operations are carried out: a world, its time, and the invariants that hold throughout."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pytest_kbevents.clock import SECOND
from pytest_kbevents.environment.world import World
from pytest_kbevents.errors import JudgementFailed
from pytest_kbevents.faults.hold import Hold
from pytest_kbevents.faults.refuse import Refuse
from pytest_kbevents.scenario.never import Never
from pytest_kbevents.scenario.subjects.subject import Observation, Subject


class Stage:
    """What an operation may use. ``time_scale`` stretches every wait, for clusters that are slow."""

    def __init__(self, world: World, nevers: Sequence[Never], time_scale: float) -> None:
        self.world = world
        self._nevers = nevers
        self.time_scale = time_scale
        self._faults: list[tuple[Refuse | Hold, str]] = []

    def until(self, predicate: Callable[[], bool], within: int) -> bool:
        """Let the world go on until ``predicate`` holds, at most ``within`` microseconds; says whether it does.

        Raises:
            JudgementFailed: an invariant broke meanwhile; nothing after that counts.
        """
        deadline = self.world.clock.micros() + int(within * self.time_scale)
        held = self.world.until(lambda: self._broken() or predicate(), deadline)
        self.raise_broken()
        return held

    def observe(self, subject: Subject) -> Observation:
        """Look at a subject in the newest state."""
        return subject.observe(self.world.history.state, self.world.namespace)

    def begin(self, fault: Refuse | Hold, told: str) -> None:
        """Put a fault into the world; ``told`` is how it is spoken of when nothing ever met it."""
        self.world.interceptors.append(fault)
        self._faults.append((fault, told))

    def finish(self) -> None:
        """Let every open question be decided, then ask whether anything was judged. Raises JudgementFailed."""
        now = self.world.clock.micros()
        deadline = max((never.decided_at() or now for never in self._nevers), default=now)
        self.until(lambda: not any(never.decided_at() for never in self._nevers), deadline - now + 1)
        for never in self._nevers:
            never.raise_vacuous()
        for fault, told in self._faults:
            if not fault.met:
                problem = f"fault {told} was never met: no such request came after it, so that it proves nothing"
                raise JudgementFailed(problem, expected={"met": "at least 1"}, seen={"met": 0})

    def raise_broken(self) -> None:
        """Raises JudgementFailed when an invariant is broken."""
        for never in self._nevers:
            never.raise_broken(self.world.clock.micros(), self.since_start)

    def since_start(self, micros: int) -> str:
        """A time as it is told: ``+1.234567s``."""
        return f"+{(micros - self.world.opened) / SECOND:.6f}s"

    def spell(self, micros: int) -> str:
        """A length of time as it is told, stretched as the wait was."""
        return f"{micros * self.time_scale / SECOND:g}s"

    def _broken(self) -> bool:
        now = self.world.clock.micros()
        return any(never.broken(now) is not None for never in self._nevers)
