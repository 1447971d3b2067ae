"""Actors that say themselves when their next step has moved, in order of it: however many sleep, none is asked."""

from __future__ import annotations

import heapq
from itertools import count

from pytest_kbevents.environment.actor import Actor


class Agenda:
    """Who is due, and who will be. The order within is fixed by what happened alone, so that a seed fixes a world."""

    def __init__(self) -> None:
        self._numbers = count()
        self._alarms: list[tuple[int, int, Actor]] = []
        """A heap; an alarm that was set anew is there twice, and the one that is too early finds its actor asleep."""
        self._ready: list[Actor] = []
        self._places: dict[Actor, int] = {}
        """Where in ``_ready`` an actor is; -1 while it sleeps."""

    def __contains__(self, actor: Actor) -> bool:
        return actor in self._places

    def __len__(self) -> int:
        """How many are due."""
        return len(self._ready)

    def __getitem__(self, place: int) -> Actor:
        """One of those that are due."""
        return self._ready[place]

    def set(self, actor: Actor, now: int) -> None:
        """Look when it is due, for that may have changed."""
        due = actor.due()
        if due is not None and due <= now:
            self._wake(actor)
            return
        self._lull(actor)
        if due is not None:
            heapq.heappush(self._alarms, (due, next(self._numbers), actor))

    def remove(self, actor: Actor) -> None:
        """It is advanced no more."""
        if actor in self._places:
            self._lull(actor)
            del self._places[actor]

    def ring(self, now: int) -> int | None:
        """Wake those whose time has come; when the next one is due, None when none ever will be."""
        while self._alarms and self._alarms[0][0] <= now:
            _, _, actor = heapq.heappop(self._alarms)
            if self._places.get(actor) == -1:
                self.set(actor, now)
        return self._alarms[0][0] if self._alarms else None

    def _wake(self, actor: Actor) -> None:
        if self._places.get(actor, -1) == -1:
            self._places[actor] = len(self._ready)
            self._ready.append(actor)

    def _lull(self, actor: Actor) -> None:
        """The last one takes its place."""
        place = self._places.get(actor, -1)
        self._places[actor] = -1
        if place >= 0:
            last = self._ready.pop()
            if last is not actor:
                self._ready[place] = last
                self._places[last] = place
