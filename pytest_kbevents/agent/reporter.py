"""Who sends the outcomes, when, and what happens to one that cannot be sent: in order, or in the background."""

from __future__ import annotations

import threading

from pytest_kbevents.agent import event
from pytest_kbevents.agent.delivery import Delivery, EventClient, Wording
from pytest_kbevents.agent.event import Identity
from pytest_kbevents.agent.ticks import Ticks
from pytest_kbevents.clock import SECOND, Clock

IN_ORDER_ATTEMPTS, IN_ORDER_PAUSE = 3, SECOND // 5
RETRY_PERIOD = 60 * SECOND
"""A clock that begins with the loop; what could not be sent is tried again at its ticks."""
BACKGROUND_ATTEMPTS, BACKGROUND_PAUSE = 30, 10 * SECOND


class ReportLoop:
    """One sender, always the newest outcome, repeated each ``report_period`` microseconds (None: never).

    The prober offers and the loop sends, in live worlds from two threads: what they share is changed under one lock.
    """

    def __init__(
        self, name: str, client: EventClient, identity: Identity, clock: Clock, report_period: int | None
    ) -> None:
        self.name = f"{name} report loop"
        self._client = client
        self._identity = identity
        self._clock = clock
        now = clock.micros()
        self._reports = None if report_period is None else Ticks(now + report_period, report_period)
        self._retries = Ticks(now + RETRY_PERIOD, RETRY_PERIOD)
        self._lock = threading.Lock()
        self._fresh: tuple[str, str] | None = None
        self._unsent: tuple[str, str] | None = None
        self._sent: tuple[str, str] | None = None
        self._delivery: Delivery | None = None

    def offer(self, reason: str, message: str) -> None:
        """There is a new outcome; one that still waits is forgotten."""
        with self._lock:
            if self._reports is not None and not (self._sent or self._unsent):
                # ticks that had nothing to report have passed; one of this very moment has not
                self._reports.pass_until(self._clock.micros() - 1)
            self._fresh = (reason, message)
            self._unsent = None

    def due(self) -> int | None:
        """The next send, retry or report."""
        with self._lock:
            if self._delivery is not None:
                return self._delivery.due
            if self._fresh is not None:
                return self._clock.micros()
            ticks = [self._reports.next] if self._reports is not None and (self._unsent or self._sent) else []
            if self._unsent is not None:
                ticks.append(self._retries.next)
            return min(ticks, default=None)

    def step(self) -> None:
        """Begin a delivery, or take its next step."""
        if self._delivery is None:
            self._begin()
            return
        result = self._delivery.step(self._client, self._identity)
        if result is not None:
            self._end(self._delivery, sent=result)

    def _begin(self) -> None:
        """Send what is fresh, or else what a tick asks for: the clocks are not moved by other sends."""
        with self._lock:
            outcome, self._fresh = self._fresh, None
            if outcome is None:
                outcome, self._unsent = self._unsent or self._sent, None
                if self._reports is not None:
                    self._reports.pass_until(self._clock.micros())
            if outcome is not None:
                self._delivery = Delivery(outcome, IN_ORDER_ATTEMPTS, IN_ORDER_PAUSE, self._clock)

    def _end(self, delivery: Delivery, *, sent: bool) -> None:
        outcome = (delivery.reason, delivery.message)
        with self._lock:
            self._delivery = None
            if sent:
                self._sent = outcome
            elif self._fresh is None:
                self._unsent = outcome
                self._retries.pass_until(self._clock.micros())


class BackgroundReporter:
    """Every outcome goes on its own, as often as it takes: an old one may land after a newer one."""

    def __init__(
        self, name: str, client: EventClient, identity: Identity, clock: Clock, wording: Wording = event
    ) -> None:
        self.name = f"{name} background sends"
        self._wording = wording
        self._client = client
        self._identity = identity
        self._clock = clock
        self._deliveries: list[Delivery] = []

    def offer(self, reason: str, message: str) -> None:
        """Begin to send it."""
        outcome = (reason, message)
        delivery = Delivery(outcome, BACKGROUND_ATTEMPTS, BACKGROUND_PAUSE, self._clock, self._wording)
        self._deliveries.append(delivery)

    def due(self) -> int | None:
        """The next step of any of them."""
        return min((delivery.due for delivery in self._deliveries), default=None)

    def step(self) -> None:
        """Take the step that has waited longest."""
        delivery = min(self._deliveries, key=lambda each: each.due)
        if delivery.step(self._client, self._identity) is not None:
            self._deliveries.remove(delivery)


Reporter = ReportLoop | BackgroundReporter
