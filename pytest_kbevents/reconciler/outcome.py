"""What a handler says of an Event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from pytest_kbevents.api.objects import Object


@dataclass(frozen=True, slots=True)
class Announcement:
    """An Event to be recorded about an object; ``type`` is Normal or Warning."""

    about: Object
    type: str
    reason: str
    message: str


class Verdict(Enum):
    """Whose the Event was, and whether there was something to do."""

    IGNORED = "not mine: another handler's, or nobody's"
    SKIPPED = "mine, and nothing is to be done"
    HANDLED = "mine, and done"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict and why, and what is to be recorded of it."""

    verdict: Verdict
    reason: str
    announcements: tuple[Announcement, ...] = ()


def ignored(reason: str) -> Outcome:
    """Not this handler's Event: it is left unmarked."""
    return Outcome(Verdict.IGNORED, reason)


def skipped(reason: str, *announcements: Announcement) -> Outcome:
    """Consumed without effect: this handler's Event."""
    return Outcome(Verdict.SKIPPED, reason, announcements)


def handled(reason: str, *announcements: Announcement) -> Outcome:
    """Done, and its effect is in the cluster: this handler's Event."""
    return Outcome(Verdict.HANDLED, reason, announcements)


class Handler(Protocol):
    """Acts on one kind of Event."""

    def handle(self, event: Object) -> Outcome:
        """Raising ApiError, NoAnswer or NotNow means: the whole Event again later. NotFound means: consumed."""
