"""All calls of one agent: what is told at once, what the caller waits for, and what runs in the background
(event-pipeline.md section 6, Actions).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pytest_kbevents.agent.actions.action import (
    BAD_REQUEST,
    BUSY,
    IN_PROGRESS,
    NOT_DEFINED,
    NOT_IMPLEMENTED,
    TIMED_OUT,
    Action,
    Call,
    Result,
    failure,
)
from pytest_kbevents.agent.actions.answer import Answer, Database, Run
from pytest_kbevents.agent.actions.reconfigure import unmet
from pytest_kbevents.agent.actions.running import Running, limit
from pytest_kbevents.agent.panic import Panic
from pytest_kbevents.agent.releases import AgentBehaviours
from pytest_kbevents.agent.ticks import asleep
from pytest_kbevents.clock import SECOND, Clock


@dataclass(slots=True)
class _Background:
    """A call that nobody waits for."""

    sameness: tuple[object, ...]
    """Calls of one action are the same when theirs is equal."""
    running: Running
    result: Result | None = None
    stepping: bool = False


class Calls:
    """Begins calls, from any thread. A driver advances those in the background, one step at a time: a step that runs a
    real command lasts as long as the command, and the others wait.
    """

    name = "kbagent calls"

    def __init__(
        self, actions: Mapping[str, Action], database: Database, behaviours: AgentBehaviours, clock: Clock
    ) -> None:
        self.alarm: Callable[[], None] = asleep
        """To be called when there is something new to be advanced."""
        self.behaviours = behaviours
        self._actions = actions
        self._database = database
        self._clock = clock
        self._background: dict[str, _Background] = {}
        """By action."""
        self._lock = threading.Lock()
        """Guards it. No step is taken while it is held."""

    def begin(self, call: Call) -> Result | Running:
        """What can be told at once, or what the caller is to advance until there is a result. Does not block.

        Raises:
            Panic: the action is an exec without a command, and its database has not been told what to do instead.
        """
        call = self._understood(call)
        action = self._actions.get(call.action)
        if action is None:
            return failure(NOT_DEFINED, f"{call.action} is not defined")
        refused = self._refusal(action, call) or unmet(call)
        if refused is not None:
            return refused
        if action.kind == "exec" and not action.command and not self._database.answers(action.name):
            raise Panic(f"action {action.name} is an exec without command")
        if self.behaviours.callers_say_non_blocking:
            return self._collected(action, call) if call.non_blocking else self._running(action, call)
        return self._kept(action, call) if action.non_blocking else self._running(action, call)

    def due(self) -> int | None:
        """When the first call in the background goes on; None when there is none that another is not advancing."""
        with self._lock:
            first = self._first()
            return None if first is None else first.running.due

    def step(self) -> None:
        """Advance the first one that is due."""
        with self._lock:
            first = self._first()
            if first is None or first.running.due > self._clock.micros():
                return
            first.stepping = True
        result = None
        try:
            result = first.running.step()
        finally:
            with self._lock:
                first.stepping, first.result = False, result

    def _first(self) -> _Background | None:
        waiting = (each for each in self._background.values() if each.result is None and not each.stepping)
        return min(waiting, key=lambda each: each.running.due, default=None)

    def _understood(self, call: Call) -> Call:
        """Without what the release does not know of."""
        if self.behaviours.callers_say_non_blocking:
            return replace(call, arguments=(), rerun=False)
        return replace(call, non_blocking=False)

    def _refusal(self, action: Action, call: Call) -> Result | None:
        if self.behaviours.callers_say_non_blocking and action.kind != "exec":
            return failure(NOT_IMPLEMENTED, "only exec action is supported")
        if not action.kind:
            return failure(BAD_REQUEST, f"{action.name} is invalid")
        if call.arguments and action.kind != "exec":
            return failure(BAD_REQUEST, "runtime arguments are only supported for exec actions")
        return None

    def _running(self, action: Action, call: Call) -> Running:
        return Running(action, call, self._database, self.behaviours, self._clock)

    def _collected(self, action: Action, call: Call) -> Result:
        """The first caller starts it, whoever comes after its end takes its result away."""
        with self._lock:
            background = self._background.get(action.name)
            if background is not None and background.result is not None:
                del self._background[action.name]
                return background.result
            if background is None:
                self._background[action.name] = _Background(self._sameness(action, call), self._running(action, call))
        self.alarm()
        return failure(IN_PROGRESS)

    def _kept(self, action: Action, call: Call) -> Result:
        """Its result is told to whoever makes the same call, until another call or a rerun starts it anew."""
        sameness = self._sameness(action, call)
        with self._lock:
            background = self._background.get(action.name)
            other = background is None or call.rerun or background.sameness != sameness
            if background is not None and background.result is None:
                return failure(BUSY) if other else failure(IN_PROGRESS)
            if background is not None and background.result is not None and not other:
                return background.result
            running = Bounded(action, call, self._database, self.behaviours, self._clock)
            self._background[action.name] = _Background(sameness, running)
        self.alarm()
        return failure(IN_PROGRESS)

    def _sameness(self, action: Action, call: Call) -> tuple[object, ...]:
        seconds = limit(action, call, self.behaviours, capped=False)
        return (dict(call.parameters), call.arguments, seconds, call.retry or action.retry)


class Bounded(Running):
    """A call whose limit, which may be longer than a minute, is for all its runs together and the pauses between.

    The limit of a run is in whole seconds: that of a later one, when it is a real command, is rounded up.
    """

    def __init__(
        self, action: Action, call: Call, database: Database, behaviours: AgentBehaviours, clock: Clock
    ) -> None:
        super().__init__(action, call, database, behaviours, clock)
        seconds = limit(action, call, behaviours, capped=False)
        self._end = None if seconds is None else clock.micros() + seconds * SECOND

    def step(self) -> Result | None:
        """As ever, but at the end the call has timed out, also between its runs."""
        if self._end is None:
            return super().step()
        if self._answer is None and self._clock.micros() >= self._end:
            return failure(TIMED_OUT)
        found = super().step()
        self.due = min(self.due, self._end)
        return found

    def _begun(self) -> Answer:
        if self._end is None:
            return self._database.run(Run(self._action, self._call, self._arguments[0]))
        left = self._end - self._clock.micros()
        answer = self._database.run(Run(self._action, self._call, self._arguments[0], -(-left // SECOND)))
        if answer.latency > left:
            answer = Answer(stderr=answer.stderr, exit_code=-1, latency=left, timed_out=True)
        if answer.timed_out:
            self._left = 0
        return answer
