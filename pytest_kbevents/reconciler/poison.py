"""What becomes of an Event that nobody can ever act on."""

from __future__ import annotations

from pytest_kbevents.api.objects import Object
from pytest_kbevents.errors import NotNow
from pytest_kbevents.reconciler.outcome import Announcement, Outcome, skipped
from pytest_kbevents.reconciler.releases import Behaviours


class Unreadable(ValueError):
    """A text that somebody keeps, and that must be read before an Event can be acted on, cannot be."""


def consumed(about: Object, reason: str, text: str, behaviours: Behaviours) -> Outcome:
    """A Warning about ``about``, and done. Raises NotNow in releases that try such an Event for ever."""
    if not behaviours.consumes_unreadable:
        raise NotNow(text)
    return skipped(text, Announcement(about, "Warning", reason, text))
