"""Runs one probe on its period and tells the reporter what is news."""

from __future__ import annotations

from pytest_kbevents.agent.lorry import Words
from pytest_kbevents.agent.message import encode
from pytest_kbevents.agent.probe import ProbeConfig, Thresholds
from pytest_kbevents.agent.releases import AgentBehaviours
from pytest_kbevents.agent.reporter import Reporter
from pytest_kbevents.agent.script import Script
from pytest_kbevents.agent.ticks import Ticks
from pytest_kbevents.api.messages import ProbeMessage
from pytest_kbevents.clock import SECOND, Clock

DEBOUNCE = SECOND // 5
"""A changed file forces a run this long after its last change."""


class Prober:
    """One probe of one Pod."""

    def __init__(
        self,
        instance: str,
        probe: tuple[ProbeConfig, AgentBehaviours],
        script: Script,
        reporter: Reporter,
        clock: Clock,
    ) -> None:
        config, behaviours = probe
        self.name = f"{reporter.name.partition(' ')[0]} {config.action}"
        self._thresholds = Thresholds(instance, config)
        self._config = config
        self._script = script
        self._reporter = reporter
        self._clock = clock
        period = config.effective_period * SECOND
        first = clock.micros() + config.initial_delay * SECOND
        self._runs = Ticks(first if behaviours.probes_at_once else first + period, period)
        self._limit = behaviours.message_limit
        self._lorry = Words() if behaviours.speaks_as_lorry else None
        self._forced: int | None = None

    def file_changed(self) -> None:
        """A watched file changed: run soon, and report whatever comes out."""
        self._forced = self._clock.micros() + DEBOUNCE

    def due(self) -> int | None:
        """The next run."""
        return self._runs.next if self._forced is None else min(self._runs.next, self._forced)

    def step(self) -> None:
        """Run once."""
        now = self._clock.micros()
        forced = self._forced is not None and self._forced <= now
        if forced:
            self._forced = None
        self._runs.pass_until(now)
        answer = self._script.run(self._config.action)
        message = self._thresholds.observe(answer, forced=forced)
        text = None if message is None else self._encoded(message)
        if text is not None:
            self._reporter.offer(self._config.action, text)

    def _encoded(self, message: ProbeMessage) -> str | None:
        return encode(message, self._limit) if self._lorry is None else self._lorry.encode(message)
