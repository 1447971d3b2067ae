"""The simulated world's driver: one thread, a virtual clock, and an order that a seed fixes."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client.protocols import Handler
from pytest_kbevents.clock import VirtualClock
from pytest_kbevents.environment.actor import Actor, sleeps
from pytest_kbevents.environment.agenda import Agenda

FASTEST, SLOWEST = 50, 1000
"""Microseconds that a request or a watch item takes, as over a local network: times are like real ones."""


class Simulation:
    """Of the actors that are due, any may go next; when none is, time jumps to the one that is due first."""

    def __init__(self, clock: VirtualClock, seed: int, drain: Callable[[], bool]) -> None:
        self._clock = clock
        self._rng = random.Random(f"order {seed}")
        self._drain = drain
        self._actors: list[Actor] = []
        self._agenda = Agenda()
        self.steps = 0
        """Taken so far."""

    def add(self, actor: Actor) -> None:
        if sleeps(actor):
            actor.alarm = partial(self._alarm, actor)
            self._agenda.set(actor, self._clock.micros())
        else:
            self._actors.append(actor)

    def remove(self, actor: Actor) -> None:
        if sleeps(actor):
            self._agenda.remove(actor)
        else:
            self._actors.remove(actor)

    def until(self, predicate: Callable[[], bool], deadline: int) -> bool:
        self._drain()
        while not predicate():
            if self._clock.micros() >= deadline or not self._advance(deadline):
                return predicate()
        return True

    def close(self) -> None:
        self._actors.clear()
        self._agenda = Agenda()

    def request(self, request: Request, handler: Handler) -> Response:
        """An interceptor: a request takes time, and what it commits is recorded at the time it does."""
        self._pass_time()
        response = handler(request)
        self._drain()
        return response

    def _advance(self, deadline: int) -> bool:
        """One step, or one jump of the clock; False when nothing is due before the deadline."""
        now = self._clock.micros()
        times = [(due, actor) for actor in self._actors if (due := actor.due()) is not None]
        ready = [actor for due, actor in times if due <= now]
        alarm = self._agenda.ring(now)
        if ready or len(self._agenda):
            self._step(ready)
            return True
        first = min((due for due, _ in times), default=deadline)
        first = first if alarm is None else min(first, alarm)
        self._clock.advance_to(min(first, deadline))
        return first < deadline

    def _step(self, ready: list[Actor]) -> None:
        place = self._rng.randrange(len(ready) + len(self._agenda))
        actor = ready[place] if place < len(ready) else self._agenda[place - len(ready)]
        actor.step()
        if actor in self._agenda:
            self._agenda.set(actor, self._clock.micros())
        self.steps += 1
        self._drain()
        self._pass_time()

    def _alarm(self, actor: Actor) -> None:
        if actor in self._agenda:
            self._agenda.set(actor, self._clock.micros())

    def _pass_time(self) -> None:
        self._clock.advance_to(self._clock.micros() + self._rng.randint(FASTEST, SLOWEST))
