"""Where operations are carried out: a world, its time, and how far its history has been told."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.clock import SECOND, since
from pytest_kbevents.cluster.backend import NEEDS, REQUESTS
from pytest_kbevents.environment.world import World
from pytest_kbevents.errors import InputError, JudgementFailed, Position
from pytest_kbevents.faults.fault import Fault
from pytest_kbevents.history.exchange import Exchange
from pytest_kbevents.history.history import Replay
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.invariant import Invariant
from pytest_kbevents.scenario.plan import Plan
from pytest_kbevents.scenario.subjects.subject import Subject


@dataclass(frozen=True, slots=True)
class Mark:
    """The moment before something was done: judgements are about what came after it."""

    replay: Replay
    """At that revision; to be copied, never moved."""
    requests: int
    """How many had been answered."""
    micros: int


@dataclass(slots=True)
class Shared:
    """What all branches of a run have in common."""

    plan: Plan
    time_scale: float
    rng: random.Random
    invariants: list[Invariant] = field(default_factory=list)
    faults: list[tuple[Fault, str]] = field(default_factory=list)
    sent: dict[str, Object] = field(default_factory=dict)
    """Events by the name that their step gave them."""


class Stage:
    """One branch of a run, and what its operations may use."""

    def __init__(self, world: World, shared: Shared) -> None:
        self.world = world
        self.shared = shared
        self.cursor = world.history.replay()
        """How far the history has been judged: each judgement goes on where the one before it stopped."""
        self.at: Position | None = None
        """Where the step stands that is being taken."""
        self.bound: dict[str, Any] = {}
        """What ``bind`` and ``run`` have captured, by name."""
        self._judging = True
        self._begun = 0
        self.mark = self._marked()

    def fork(self) -> Stage:
        """A branch that begins here."""
        other = Stage(self.world, self.shared)
        other.cursor, other.mark, other._judging = self.cursor.copy(), self.mark, self._judging
        return other

    def before(self, *, judges: bool) -> None:
        """A step begins. The first one that does something, after others that judged, sets the mark."""
        if self._judging and not judges:
            self.mark = self._marked()
        self._judging = judges
        self._begun = len(self.world.history.revisions)

    def joined(self) -> None:
        """Branches have come together. They may have judged, so that what is done next is a trigger of its own."""
        self.cursor.to_the_end()
        self._judging = True

    def go_on(self, own: Sequence[Exchange]) -> None:
        """What a step did is in the history, and judged from there on: from its ``own`` last write, for in live worlds
        its consequences may be there by now; from the newest revision, where it is not known what it wrote. What was
        there when it began is not judged by what comes after it.
        """
        for _ in self.cursor.up_to(self._begun):
            pass
        own = [each for each in own if each.method != "GET" and not each.failed]
        last = own[-1].revision if own else 0
        if not last:
            self.cursor.to_the_end()
        else:
            self.cursor.to_revision(last)

    def reach(self, replay: Replay) -> None:
        """The history has been judged as far as ``replay`` is, at least."""
        if replay.position > self.cursor.position:
            self.cursor = replay.copy()

    def deadline(self, within: int) -> int:
        """So long from now, stretched for clusters that are slow."""
        return self.world.clock.micros() + int(within * self.shared.time_scale)

    def begin(self, fault: Fault, told: str) -> None:
        """Put a fault into the world; ``told`` is how it is spoken of when nothing ever met it. Raises InputError where
        no request that it is about passes.
        """
        if self.world.place.image:
            raise InputError(f"{told} needs {NEEDS[REQUESTS]}: say so with the fixture kb_needs")
        self.world.interceptors.append(fault)
        self.shared.faults.append((fault, told))

    def raise_broken(self) -> None:
        """Raises JudgementFailed when an invariant is broken."""
        for invariant in self.shared.invariants:
            invariant.raise_broken(self.world.clock.micros(), self.since_start)

    def since_start(self, micros: int) -> str:
        """A time as it is told: ``+1.234567s``."""
        return since(micros, self.world.opened)

    def place(self, revision: Revision) -> str:
        """One of the history as it is told: its number and its time."""
        return f"revision {revision.number}, {self.since_start(revision.micros)}"

    def spell(self, micros: int) -> str:
        """A length of time as it is told, stretched as the wait was."""
        return f"{micros * self.shared.time_scale / SECOND:g}s"

    def existed(self, subject: Subject) -> bool:
        """Whether a subject was there at any revision of the run so far."""
        return self.ever(subject.exists)

    def ever(self, holds: Callable[[State, str], bool]) -> bool:
        """Whether something was so in the world's namespace at any revision of the run so far."""
        replay, namespace = self.world.history.from_the_start(), self.world.namespace
        return any(holds(replay.state, namespace) for _ in replay)

    def _marked(self) -> Mark:
        return Mark(self.world.history.replay(), len(self.world.requests), self.world.clock.micros())


def raise_unmet(shared: Shared) -> None:
    """Raises JudgementFailed when a fault never met a request: the run shows nothing of it."""
    for fault, told in shared.faults:
        if not fault.met:
            problem = f"fault {told} was never met: no such request came after it, so that it proves nothing"
            raise JudgementFailed(problem, expected={"met": "at least 1"}, seen={"met": 0}, vacuous=True)
