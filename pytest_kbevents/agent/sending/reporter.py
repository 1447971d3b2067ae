"""Who sends the outcomes, when, and what happens to one that cannot be sent: in order, or in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pytest_kbevents.agent.sending.delivery import Delivery
from pytest_kbevents.agent.sending.sends import IN_BACKGROUND, IN_ORDER, Outcome, Sending, Sends
from pytest_kbevents.agent.ticks import Ticks, asleep
from pytest_kbevents.clock import SECOND, Clock

RETRY_PERIOD = 60 * SECOND
"""A clock that begins with the loop; what could not be sent is tried again at its ticks."""


class ReportLoop:
    """One sender, always the newest outcome, repeated each ``report_period`` microseconds (None: never).

    The prober offers and the loop sends, in live worlds from two threads: what they share is changed under one lock.
    """

    def __init__(self, name: str, sending: Sending, clock: Clock, report_period: int | None, delay: int = 0) -> None:
        """``delay`` microseconds from now the loop begins."""
        self.name = f"{name} report loop"
        self._clock = clock
        self._sends = Sends(IN_ORDER, *sending, clock)
        begins = clock.micros() + delay
        self._reports = None if report_period is None else Ticks(begins + report_period, report_period)
        self._retries = Ticks(begins + RETRY_PERIOD, RETRY_PERIOD)
        self._lock = threading.Lock()
        self.alarm: Callable[[], None] = asleep
        """To be called when a step has become due from outside."""
        self._fresh: Outcome | None = None
        self._unsent: Outcome | None = None
        self._sent: Outcome | None = None
        self._deliveries: list[Delivery] = []

    def offer(self, reason: str, message: str) -> None:
        """There is a new outcome; one that still waits is forgotten."""
        with self._lock:
            if self._reports is not None and not (self._sent or self._unsent):
                # ticks that had nothing to report have passed; one of this very moment has not
                self._reports.pass_until(self._clock.micros() - 1)
            self._fresh = (reason, message)
            self._unsent = None
        self.alarm()

    def due(self) -> int | None:
        """The next send, retry or report."""
        with self._lock:
            if self._deliveries:
                return self._deliveries[0].due
            if self._fresh is not None:
                return self._clock.micros()
            ticks = [self._reports.next] if self._reports is not None and (self._unsent or self._sent) else []
            if self._unsent is not None:
                ticks.append(self._retries.next)
            return min(ticks, default=None)

    def step(self) -> None:
        """Begin a delivery, or take its next step."""
        if not self._deliveries:
            self._begin()
            return
        result = self._deliveries[0].step()
        if result is not None:
            self._end(sent=result)

    def _begin(self) -> None:
        """Send what is fresh, or else what a tick asks for: the clocks are not moved by other sends."""
        with self._lock:
            outcome, self._fresh = self._fresh, None
            if outcome is None:
                outcome, self._unsent = self._unsent or self._sent, None
                if self._reports is not None:
                    self._reports.pass_until(self._clock.micros())
            if outcome is not None:
                self._deliveries = self._sends.begin(outcome)

    def _end(self, *, sent: bool) -> None:
        with self._lock:
            delivery = self._deliveries.pop(0)
            outcome = (delivery.reason, delivery.message)
            if sent:
                self._sent = outcome
                return
            self._deliveries.clear()
            if self._fresh is None:
                self._unsent = outcome
                self._retries.pass_until(self._clock.micros())


class BackgroundReporter:
    """Every outcome goes on its own, as often as it takes: an old one may land after a newer one. With a
    ``report_period``, in microseconds, the newest one goes again each time.
    """

    def __init__(self, name: str, sending: Sending, clock: Clock, report_period: int | None, delay: int = 0) -> None:
        """``delay`` microseconds from now the reports begin."""
        self.name = f"{name} background sends"
        self._clock = clock
        self._sends = Sends(IN_BACKGROUND, *sending, clock)
        begins = clock.micros() + delay
        self._reports = None if report_period is None else Ticks(begins + report_period, report_period)
        self._lock = threading.Lock()
        self.alarm: Callable[[], None] = asleep
        """To be called when a step has become due from outside."""
        self._newest: Outcome | None = None
        self._deliveries: list[Delivery] = []

    def offer(self, reason: str, message: str) -> None:
        """Begin to send it."""
        with self._lock:
            if self._reports is not None and self._newest is None:
                self._reports.pass_until(self._clock.micros() - 1)
            self._newest = (reason, message)
            self._deliveries += self._sends.begin(self._newest)
        self.alarm()

    def due(self) -> int | None:
        """The next step of any of them, or the next report."""
        with self._lock:
            times = [delivery.due for delivery in self._deliveries]
            if self._reports is not None and self._newest is not None:
                times.append(self._reports.next)
            return min(times, default=None)

    def step(self) -> None:
        """Begin a report that is due, or else take the step that has waited longest."""
        with self._lock:
            now = self._clock.micros()
            if self._reports is not None and self._newest is not None and self._reports.next <= now:
                self._reports.pass_until(now)
                self._deliveries += self._sends.begin(self._newest)
                return
            delivery = min(self._deliveries, key=lambda each: each.due)
        if delivery.step() is not None:
            with self._lock:
                self._deliveries.remove(delivery)


Reporter = ReportLoop | BackgroundReporter
