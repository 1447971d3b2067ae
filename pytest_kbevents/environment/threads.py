"""The live worlds' driver: a thread for each actor, and the wall's time."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pytest_kbevents.clock import SECOND, Clock
from pytest_kbevents.environment.actor import Actor

LONGEST_WAIT = 0.2
"""Seconds after which judgements that only time can change are looked at again."""


class Bell:
    """Rung whenever something may have changed; a waiter that counted the rings before it looked cannot miss one."""

    def __init__(self) -> None:
        self._rung = threading.Condition()
        self._count = 0

    def ring(self) -> None:
        """Wake everybody."""
        with self._rung:
            self._count += 1
            self._rung.notify_all()

    @property
    def count(self) -> int:
        """How often it was rung."""
        return self._count

    def wait(self, heard: int, seconds: float | None) -> None:
        """Until it has been rung more than ``heard`` times, at most that long."""
        with self._rung:
            self._rung.wait_for(lambda: self._count != heard, seconds)


class Threads:
    """Each actor waits for the bell or its time, and takes its step."""

    def __init__(self, clock: Clock, bell: Bell, drain: Callable[[], bool]) -> None:
        self._clock = clock
        self._bell = bell
        self._drain = drain
        self._threads: dict[Actor, threading.Thread] = {}
        self._leaving: list[threading.Thread] = []
        self._failure: BaseException | None = None

    def add(self, actor: Actor) -> None:
        thread = threading.Thread(target=self._run, args=(actor,), name=f"kbevents {actor.name}", daemon=True)
        self._threads[actor] = thread
        thread.start()

    def remove(self, actor: Actor) -> None:
        self._leaving.append(self._threads.pop(actor))
        self._bell.ring()

    def until(self, predicate: Callable[[], bool], deadline: int) -> bool:
        while True:
            heard = self._bell.count
            self._drain()
            if self._failure is not None:
                raise self._failure
            if predicate():
                return True
            left = (deadline - self._clock.micros()) / SECOND
            if left <= 0:
                return False
            self._bell.wait(heard, min(left, LONGEST_WAIT))

    def close(self) -> None:
        for actor in tuple(self._threads):
            self.remove(actor)
        for thread in self._leaving:
            thread.join()
        self._leaving.clear()

    def _run(self, actor: Actor) -> None:
        try:
            while actor in self._threads:
                heard = self._bell.count
                due = actor.due()
                wait = None if due is None else (due - self._clock.micros()) / SECOND
                if wait is not None and wait <= 0:
                    actor.step()
                    self._bell.ring()
                else:
                    self._bell.wait(heard, wait)
        except BaseException as error:  # noqa: BLE001 - it is raised again where the run waits
            self._failure = error
            self._bell.ring()
