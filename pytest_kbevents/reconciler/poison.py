"""What becomes of an Event that nobody can ever act on."""

from __future__ import annotations

from pytest_kbevents.api.objects import Object, name_of
from pytest_kbevents.errors import NotNow
from pytest_kbevents.reconciler.agent_event import pod_of
from pytest_kbevents.reconciler.outcome import Announcement, Outcome, skipped
from pytest_kbevents.reconciler.releases import Behaviours


class Unreadable(ValueError):
    """A text that somebody keeps, and that must be read before an Event can be acted on, cannot be."""


def unreadable(event: Object, error: ValueError, behaviours: Behaviours) -> Outcome:
    """Its own message cannot be read. Raises NotNow, as ``consumed`` does."""
    text = f"Event {name_of(event)} cannot be read: {error}"
    return consumed(pod_of(event), "UnreadableEvent", text, behaviours)


def consumed(about: Object, reason: str, text: str, behaviours: Behaviours) -> Outcome:
    """A Warning about ``about``, and done. Raises NotNow in releases that try such an Event for ever."""
    if not behaviours.consumes_unreadable:
        raise NotNow(text)
    return skipped(text, Announcement(about, "Warning", reason, text))
