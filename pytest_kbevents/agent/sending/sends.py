"""From an outcome to its deliveries: how patient a release is, and how badly an agent was told to behave."""

from __future__ import annotations

from typing import Protocol

from pytest_kbevents.agent.sending.delivery import Delivery, Sender
from pytest_kbevents.clock import SECOND, Clock

IN_ORDER = (3, SECOND // 5)
IN_BACKGROUND = (30, 10 * SECOND)
"""Attempts, and microseconds between them."""

Outcome = tuple[str, str]
"""An Event's reason and message."""


class Habits(Protocol):
    """How an agent misbehaves when it sends."""

    @property
    def late(self) -> int:
        """Microseconds after which a send begins."""

    @property
    def twice(self) -> bool:
        """Whether what was sent is sent once more."""


Sending = tuple[Sender, Habits]
"""Who sends, and how badly."""


class Sends:
    """One outcome after the other; each is sent as the agent's habits are at that moment."""

    def __init__(self, patience: tuple[int, int], sender: Sender, habits: Habits, clock: Clock) -> None:
        self._clock = clock
        self._patience = patience
        self._sender = sender
        self._habits = habits

    def begin(self, outcome: Outcome) -> list[Delivery]:
        """The deliveries, one after the other."""
        made = [Delivery(outcome, self._patience, self._sender, self._clock) for _ in range(1 + self._habits.twice)]
        for delivery in made:
            delivery.due += self._habits.late
        return made
