"""When a probe's run becomes an Event: thresholds and changes (the facts: event-pipeline.md section 6, Probes)."""

from __future__ import annotations

from pytest_kbevents.agent.actions.action import Failure, Result
from pytest_kbevents.agent.probes.probeconfig import ProbeConfig
from pytest_kbevents.api.messages import ProbeMessage


class Thresholds:
    """Counts the runs of one probe."""

    def __init__(self, config: ProbeConfig) -> None:
        self._instance = config.instance
        self._action = config.action
        self._success_threshold = max(config.success_threshold, 1)
        self._failure_threshold = max(config.failure_threshold, 1)
        self._succeeded = 0
        self._failed = 0
        self._counted: bytes | None = None

    def observe(self, result: Result, *, forced: bool = False) -> ProbeMessage | None:
        """What this run is worth an Event for; None when it is worth none. A forced run always is."""
        if result.failure is None:
            return self._success(result.output, forced)
        return self._failure(result.failure, forced)

    def _success(self, output: bytes, forced: bool) -> ProbeMessage | None:
        self._succeeded, self._failed = self._succeeded + 1, 0
        reached = self._succeeded >= self._success_threshold
        news = reached and (self._succeeded == self._success_threshold or output != self._counted)
        if reached:
            self._counted = output
        return ProbeMessage(self._instance, self._action, 0, output) if news or forced else None

    def _failure(self, failure: Failure, forced: bool) -> ProbeMessage | None:
        self._succeeded, self._failed = 0, self._failed + 1
        if self._failed < self._failure_threshold and not forced:
            return None
        return ProbeMessage(self._instance, self._action, -1, self._counted or b"", failure.text)
