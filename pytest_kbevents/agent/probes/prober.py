"""Runs one probe on its period and tells the reporter what is news."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pytest_kbevents.agent.actions.action import Call, Result
from pytest_kbevents.agent.actions.answer import Database
from pytest_kbevents.agent.actions.calls import Calls
from pytest_kbevents.agent.actions.running import Running
from pytest_kbevents.agent.probes.probeconfig import ProbeConfig
from pytest_kbevents.agent.probes.thresholds import Thresholds
from pytest_kbevents.agent.releases import AgentBehaviours
from pytest_kbevents.agent.sending.goformat import formatted
from pytest_kbevents.agent.sending.lorry import Words
from pytest_kbevents.agent.sending.message import encode
from pytest_kbevents.agent.sending.reporter import Reporter
from pytest_kbevents.agent.ticks import Ticks, asleep
from pytest_kbevents.api.messages import ProbeMessage
from pytest_kbevents.bucket import take
from pytest_kbevents.clock import SECOND, Clock

DEBOUNCE = SECOND // 5
"""A changed file forces a run this long after its last change."""


class Prober:
    """One probe of one Pod. Until its database has been told what to answer, it waits."""

    def __init__(
        self,
        config: ProbeConfig,
        actions: tuple[Calls, Database],
        reporter: Reporter,
        behaviours: AgentBehaviours,
        clock: Clock,
    ) -> None:
        self.name = f"{reporter.name.partition(' ')[0]} {config.action}"
        self._config = config
        self._calls, self._database = actions
        self._reporter = reporter
        self._behaviours = behaviours
        self._clock = clock
        self._thresholds = Thresholds(config)
        period = config.effective_period * SECOND
        first = clock.micros() + max(config.initial_delay, 0) * SECOND
        self._runs = Ticks(first if behaviours.probes_at_once else first + period, period)
        self._lorry = Words() if behaviours.speaks_as_lorry else None
        self._kubelets_bucket = clock.micros()
        """When it is full, where the kubelet speaks."""
        self._forced: int | None = None
        self._asked: int | None = None
        self._running: Running | None = None
        self.alarm: Callable[[], None] = asleep
        """To be called when a step has become due from outside."""
        self._reports = False
        """The run under way is told of whatever comes out of it."""

    def file_changed(self, path: str) -> None:
        """Run soon, and report whatever comes out, if the path is one of those that the probe watches."""
        if self._behaviours.reports_roles_again and path in self._config.watched:
            self._forced = self._clock.micros() + DEBOUNCE
            self.alarm()

    def run_at_once(self, action: str) -> None:
        """Run out of turn, and tell what is news as ever, if that is the probe's action."""
        if action == self._config.action:
            self._asked = self._clock.micros()
            self.alarm()

    def due(self) -> int:
        """The next step."""
        if self._running is not None:
            return self._running.due
        return min(moment for moment in (self._runs.next, self._forced, self._asked) if moment is not None)

    def step(self) -> None:
        """Begin a run, or take the next step of the one that has begun."""
        if self._running is None:
            self._begin()
        else:
            self._go_on(self._running)

    def _begin(self) -> None:
        now = self._clock.micros()
        self._reports = self._forced is not None and self._forced <= now
        if self._reports:
            self._forced = None
        self._asked = None
        self._runs.pass_until(now)
        if not self._database.answers(self._config.action):
            return
        begun = self._calls.begin(Call(self._config.action))
        if isinstance(begun, Running):
            self._running = begun
            self._go_on(begun)
        else:
            self._tell(begun)

    def _go_on(self, running: Running) -> None:
        result = running.step()
        if result is not None:
            self._running = None
            self._tell(result)

    def _tell(self, result: Result) -> None:
        message = self._thresholds.observe(result, forced=self._reports)
        text = None if message is None else self._encoded(message)
        if text is not None and self._passes():
            self._reporter.offer(self._config.action, text)

    def _passes(self) -> bool:
        """Whether the kubelet tells it, where it goes through the kubelet."""
        if not self._behaviours.speaks_through_kubelet:
            return True
        now = self._clock.micros()
        full_at = take(self._kubelets_bucket, now)
        self._kubelets_bucket = full_at or self._kubelets_bucket
        return full_at is not None

    def _encoded(self, message: ProbeMessage) -> str | None:
        if self._lorry is not None:
            return self._lorry.encode(message)
        if self._behaviours.reads_errors_as_formats:
            message = replace(message, message=formatted(message.message))
        return encode(message, self._behaviours.message_limit, output_first=self._behaviours.cuts_output_first)
