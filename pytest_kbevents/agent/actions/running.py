"""A call under way: its runs one after the other, each with its limit, and again after a failure."""

from __future__ import annotations

from pytest_kbevents.agent.actions.action import FAILED, TIMED_OUT, Action, Call, Result, RetryPolicy, failure
from pytest_kbevents.agent.actions.answer import Answer, Database, Run
from pytest_kbevents.agent.releases import AgentBehaviours
from pytest_kbevents.clock import SECOND, Clock

DEFAULT_LIMIT, LONGEST_LIMIT = 30, 60
"""Seconds."""
NEVER_AGAIN = RetryPolicy()


class Running:
    """Stepped when ``due``, in microseconds since the epoch, until there is a result."""

    def __init__(
        self, action: Action, call: Call, database: Database, behaviours: AgentBehaviours, clock: Clock
    ) -> None:
        self.due = clock.micros()
        self._action = action
        self._call = call
        self._database = database
        self._behaviours = behaviours
        self._clock = clock
        self._limit = limit(action, call, behaviours)
        policy = (call.retry or action.retry) if behaviours.retries_actions else NEVER_AGAIN
        self._pause, self._left = policy.interval, policy.max_retries
        self._retries = policy.max_retries
        self._arguments = list(call.arguments) or [()]
        self._output = b""
        self._answer: Answer | None = None

    def step(self) -> Result | None:
        """Begin a run or end the one that has begun, both when it takes no time; None while there is more to come."""
        if self._answer is None:
            self._answer = self._begun()
            self.due = self._clock.micros() + self._answer.latency
            if self._answer.latency > 0:
                return None
        answer, self._answer = self._answer, None
        found = result(answer, self._behaviours)
        if found.failure is None:
            return self._succeeded(found)
        if self._left > 0:
            self._left -= 1
            self.due = self._clock.micros() + max(self._pause, 0)
            return None
        return found

    def _succeeded(self, found: Result) -> Result | None:
        self._output += found.output
        del self._arguments[0]
        if not self._arguments:
            return Result(self._output)
        self._left = self._retries
        self.due = self._clock.micros()
        return None

    def _begun(self) -> Answer:
        answer = self._database.run(
            Run(
                self._action,
                self._call,
                self._arguments[0],
                self._limit,
                whole_group=self._behaviours.limits_actions,
            )
        )
        return cut_at_limit(answer, in_micros(self._limit))


def limit(action: Action, call: Call, behaviours: AgentBehaviours, *, capped: bool = True) -> int | None:
    """Seconds that a run may take; None: for ever. ``capped``: no longer than a minute."""
    if not behaviours.limits_actions:
        return call.timeout if call.timeout and call.timeout > 0 else None
    seconds = call.timeout or action.timeout or DEFAULT_LIMIT
    if seconds < 0:
        return None
    return min(seconds, LONGEST_LIMIT) if capped else seconds


def cut_at_limit(answer: Answer, micros: int | None) -> Answer:
    """A scripted run that takes longer is killed after so many microseconds."""
    if micros is None or answer.latency <= micros:
        return answer
    return Answer(stderr=answer.stderr, exit_code=-1, latency=max(micros, 0), timed_out=True)


def in_micros(seconds: int | None) -> int | None:
    """A limit in the clock's unit."""
    return None if seconds is None else seconds * SECOND


def result(answer: Answer, behaviours: AgentBehaviours) -> Result:
    """What kbagent makes of a run."""
    if answer.timed_out:
        return failure(TIMED_OUT, answer.stderr if behaviours.tells_stderr_of_timeouts else "")
    if answer.not_started:
        return failure(FAILED, f"failed to start command: {answer.not_started}")
    if answer.exit_code != 0:
        said = f", stderr: {answer.stderr}" if answer.stderr else ""
        return failure(FAILED, f"exit code: {answer.exit_code}{said}")
    return Result(answer.output)
