"""The live worlds' driver: as many threads as there are steps at once, and the wall's time."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from heapq import heappop, heappush
from itertools import count

from pytest_kbevents.clock import SECOND, Clock
from pytest_kbevents.environment.actor import Actor, sleeps
from pytest_kbevents.environment.bell import Bell

LONGEST_WAIT = 0.2
"""Seconds after which judgements that only time can change are looked at again."""


STEPS_AT_ONCE = 50
"""Of one actor, before others are looked at again by the same thread."""


class Threads:
    """One thread watches: it looks whether an actor is due, and waits for the bell or the first actor's time. Before it
    takes a step, which may be long, it hands the watch to another thread. So a ring wakes one thread, however many
    actors there are. Those that sleep until they ring are looked at when they ring or their time has come.
    """

    def __init__(self, clock: Clock, bell: Bell, drain: Callable[[], bool]) -> None:
        self._clock = clock
        self._bell = bell
        self._drain = drain
        self._actors: dict[Actor, None] = {}
        self._idle: dict[Actor, None] = {}
        """Those whose step is not being taken; who acted last is looked at last."""
        self._asleep: dict[Actor, None] = {}
        """The sleepers among them."""
        self._rung: dict[Actor, None] = {}
        """Sleepers to be looked at anew."""
        self._alarms: list[tuple[int, int, Actor]] = []
        """A heap of when sleepers are due; the watching thread's alone."""
        self._numbers = count()
        self._acting: set[Actor] = set()
        self._threads: list[threading.Thread] = []
        self._turn = threading.Condition()
        """Guards all of this but the alarms. No actor is called while it is held."""
        self._watched = False
        self._spare = 0
        self._closing = False
        self._failures: deque[BaseException] = deque()

    def add(self, actor: Actor) -> None:
        if sleeps(actor):
            actor.alarm = partial(self._alarm, actor)
        with self._turn:
            self._actors[actor] = None
            if actor not in self._acting:
                self._lay_down(actor)
            if not self._threads and not self._closing:
                self._spawn()
        self._bell.ring()

    def remove(self, actor: Actor) -> None:
        with self._turn:
            for among in (self._actors, self._idle, self._asleep, self._rung):
                among.pop(actor, None)

    def until(self, predicate: Callable[[], bool], deadline: int) -> bool:
        while True:
            heard = self._bell.count
            self._drain()
            if self._failures:
                raise self._failures.popleft()
            if predicate():
                return True
            left = (deadline - self._clock.micros()) / SECOND
            if left <= 0:
                return False
            self._bell.wait(heard, min(left, LONGEST_WAIT))

    def close(self) -> None:
        with self._turn:
            for among in (self._actors, self._idle, self._asleep, self._rung):
                among.clear()
            self._closing = True
            self._turn.notify_all()
            leaving, self._threads = self._threads, []
        self._bell.ring()
        for thread in leaving:
            thread.join()
        self._alarms.clear()
        self._closing = False

    def _spawn(self) -> None:
        thread = threading.Thread(target=self._run, name="kbevents driver", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run(self) -> None:
        thread = threading.current_thread()
        name = thread.name
        while self._takes_the_watch():
            actor = self._watch()
            self._hands_over()
            if actor is not None:
                thread.name = f"kbevents {actor.name}"  # what logs and debuggers show
                self._act(actor)
                thread.name = name

    def _takes_the_watch(self) -> bool:
        """Wait for it; False when there is nothing to watch any more."""
        with self._turn:
            self._spare += 1
            self._turn.wait_for(lambda: self._closing or not self._watched)
            self._spare -= 1
            self._watched = not self._closing
            return self._watched

    def _hands_over(self) -> None:
        with self._turn:
            self._watched = False
            if self._spare:
                self._turn.notify()
            elif not self._closing:
                self._spawn()

    def _watch(self) -> Actor | None:
        """Wait until an actor is due, and take it out of the idle ones; None when the driver is closed."""
        while True:
            heard = self._bell.count
            if self._closing:
                return None
            actor, first = self._sleeper()
            if actor is None:
                actor, alarm = self._polled()
                first = min((due for due in (first, alarm) if due is not None), default=None)
            if actor is not None:
                return actor
            self._bell.wait(heard, None if first is None else max(first - self._clock.micros(), 0) / SECOND)

    def _sleeper(self) -> tuple[Actor | None, int | None]:
        """One that is due; or when the first one will be."""
        with self._turn:
            rung = list(self._rung)
            self._rung.clear()
        for actor in rung:
            self._set(actor)
        while self._alarms and self._alarms[0][0] <= self._clock.micros():
            _, _, actor = heappop(self._alarms)
            due = self._due(actor)
            if due is not None and due > self._clock.micros():
                heappush(self._alarms, (due, next(self._numbers), actor))
            elif due is not None and self._claims(actor):
                return actor, None
        return None, self._alarms[0][0] if self._alarms else None

    def _set(self, actor: Actor) -> None:
        due = self._due(actor)
        if due is not None:
            heappush(self._alarms, (due, next(self._numbers), actor))

    def _polled(self) -> tuple[Actor | None, int | None]:
        """As ``_sleeper``, of those that must be asked."""
        first: int | None = None
        for actor in self._snapshot():
            due = self._due(actor)
            if due is not None and due <= self._clock.micros() and self._claims(actor):
                return actor, None
            if due is not None and (first is None or due < first):
                first = due
        return None, first

    def _alarm(self, actor: Actor) -> None:
        """A sleeper's: it is to be looked at."""
        with self._turn:
            if actor not in self._actors:
                return
            self._rung[actor] = None
        self._bell.ring()

    def _lay_down(self, actor: Actor) -> None:
        """It is idle. Called while the turn is held."""
        if sleeps(actor):
            self._asleep[actor] = None
            self._rung[actor] = None
        else:
            self._idle[actor] = None

    def _snapshot(self) -> list[Actor]:
        with self._turn:
            return list(self._idle)

    def _claims(self, actor: Actor) -> bool:
        """False when it was removed meanwhile."""
        with self._turn:
            among = self._asleep if actor in self._asleep else self._idle
            if actor not in among:
                return False
            del among[actor]
            self._acting.add(actor)
            return True

    def _due(self, actor: Actor) -> int | None:
        try:
            return actor.due()
        except BaseException as error:  # noqa: BLE001 - it is raised again where the run waits
            self._fail(actor, error)
            return None

    def _act(self, actor: Actor) -> None:
        """Its step, and those that are due right after it: a hand-over costs more than many a step."""
        for _ in range(STEPS_AT_ONCE):
            try:
                actor.step()
            except BaseException as error:  # noqa: BLE001 - it is raised again where the run waits
                self._fail(actor, error)
                break
            due = self._due(actor) if actor in self._actors else None
            if due is None or due > self._clock.micros():
                break
            self._bell.ring()
        with self._turn:
            self._acting.discard(actor)
            if actor in self._actors:
                self._lay_down(actor)
        self._bell.ring()

    def _fail(self, actor: Actor, error: BaseException) -> None:
        """It is advanced no more."""
        self._failures.append(error)
        self.remove(actor)
        self._bell.ring()
