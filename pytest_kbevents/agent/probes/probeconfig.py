"""One entry of ``KB_AGENT_PROBE`` (event-pipeline.md section 6, Probes)."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.agent.releases import AgentBehaviours

DEFAULT_PERIOD = 60


@dataclass(frozen=True, slots=True)
class ProbeConfig:
    """One probe; times in seconds, as configured. Zero or less stands for the default, as in kbagent."""

    action: str
    instance: str = ""
    """The component object that the agent belongs to: told in each message."""
    initial_delay: int = 0
    period: int = 0
    success_threshold: int = 0
    failure_threshold: int = 0
    report_period: int = 0
    watched: tuple[str, ...] = ()
    """Paths whose change forces a run."""

    @property
    def effective_period(self) -> int:
        """60 unless positive."""
        return self.period if self.period > 0 else DEFAULT_PERIOD

    def effective_report_period(self, behaviours: AgentBehaviours) -> int | None:
        """After how many seconds the newest outcome is told again: not before the next run; None for never.

        The 1.0 line compares with the period as configured, before its default.
        """
        if self.report_period <= 0:
            return None
        return max(self.report_period, self.period if behaviours.callers_say_non_blocking else self.effective_period)
