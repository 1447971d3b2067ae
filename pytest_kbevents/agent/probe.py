"""When a probe's run becomes an Event: thresholds and changes (the facts: event-pipeline.md section 6, Probes)."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.agent.script import Answer
from pytest_kbevents.api.messages import ProbeMessage

DEFAULT_PERIOD = 60
SHORTEST_REPORT_PERIOD = 15


@dataclass(frozen=True, slots=True)
class ProbeConfig:
    """One probe; times in seconds. Zero or less stands for the default, as in kbagent."""

    action: str
    initial_delay: int = 0
    period: int = 0
    success_threshold: int = 0
    failure_threshold: int = 0

    @property
    def effective_period(self) -> int:
        """60 unless positive."""
        return self.period if self.period > 0 else DEFAULT_PERIOD

    @property
    def report_period(self) -> int:
        """How often the newest outcome is repeated: the period, at least 15."""
        return max(self.effective_period, SHORTEST_REPORT_PERIOD)


class Thresholds:
    """Counts the runs of one probe."""

    def __init__(self, instance: str, config: ProbeConfig) -> None:
        self._instance = instance
        self._action = config.action
        self._success_threshold = max(config.success_threshold, 1)
        self._failure_threshold = max(config.failure_threshold, 1)
        self._succeeded = 0
        self._failed = 0
        self._counted: bytes | None = None

    def observe(self, answer: Answer, *, forced: bool = False) -> ProbeMessage | None:
        """What this run is worth an Event for; None when it is worth none. A forced run always is."""
        return self._success(answer, forced) if answer.exit_code == 0 else self._failure(answer, forced)

    def _success(self, answer: Answer, forced: bool) -> ProbeMessage | None:
        self._succeeded, self._failed = self._succeeded + 1, 0
        reached = self._succeeded >= self._success_threshold
        news = reached and (self._succeeded == self._success_threshold or answer.output != self._counted)
        if reached:
            self._counted = answer.output
        return ProbeMessage(self._instance, self._action, 0, answer.output) if news or forced else None

    def _failure(self, answer: Answer, forced: bool) -> ProbeMessage | None:
        self._succeeded, self._failed = 0, self._failed + 1
        if self._failed < self._failure_threshold and not forced:
            return None
        return ProbeMessage(self._instance, self._action, -1, self._counted or b"", answer.error)
