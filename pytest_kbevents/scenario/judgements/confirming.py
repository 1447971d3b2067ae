"""Where there is a network: what the labels say is so must be so for whoever connects."""

from __future__ import annotations

from collections.abc import Callable

from pytest_kbevents.clock import SECOND
from pytest_kbevents.environment.traffic import Look
from pytest_kbevents.errors import JudgementFailed
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.subjects.subject import Subject

WITHIN = 10 * SECOND
"""Of kube-proxy and of the controllers of Kubernetes, whose time is not the event controller's."""
BETWEEN = SECOND // 20


class Confirming:
    """Connects again and again, until all agree."""

    def __init__(self, subject: Subject, look: Callable[[], Look], stage: Stage) -> None:
        self.deadline = stage.deadline(WITHIN)
        self._subject = subject
        self._look = look
        self._clock = stage.world.clock
        self._next = 0
        self._last: Look | None = None

    def done(self) -> bool:
        """As soon as they agree."""
        if self._clock.micros() >= self._next:
            self._last = self._look()
            self._next = self._clock.micros() + BETWEEN
        return self._last is not None and self._last.agrees

    def settle(self) -> None:
        """Raises JudgementFailed."""
        last = self._last or self._look()
        if last.agrees:
            return
        told = f", for the Pod that connects: {last.problem}" if last.problem else ""
        raise JudgementFailed(
            f"{self._subject.sentence()}: the labels say so, but not all do{told}",
            expected={"labels": last.labels, "EndpointSlices": last.labels, "connections": last.labels},
            seen={"labels": last.labels, "EndpointSlices": last.endpoints, "connections": last.reached},
        )


def confirming(subject: Subject, stage: Stage) -> Confirming | None:
    """None where there is nothing more to ask."""
    look = subject.traffic(stage.world)
    return None if look is None else Confirming(subject, look, stage)
