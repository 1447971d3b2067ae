"""What a handler says of an Event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from pytest_kbevents.api.objects import Object


class Verdict(Enum):
    """Whose the Event was, and whether there was something to do."""

    IGNORED = "not mine: another handler's, or nobody's"
    SKIPPED = "mine, and nothing is to be done"
    HANDLED = "mine, and done"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict and why."""

    verdict: Verdict
    reason: str


def ignored(reason: str) -> Outcome:
    """Not this handler's Event: it is left unmarked."""
    return Outcome(Verdict.IGNORED, reason)


def skipped(reason: str) -> Outcome:
    """Consumed without effect: this handler's Event."""
    return Outcome(Verdict.SKIPPED, reason)


def handled(reason: str) -> Outcome:
    """Done, and its effect is in the cluster: this handler's Event."""
    return Outcome(Verdict.HANDLED, reason)


class Handler(Protocol):
    """Acts on one kind of Event."""

    def handle(self, event: Object) -> Outcome:
        """Raising ApiError or NoAnswer means: the whole Event again later. NotFound means: consumed."""
