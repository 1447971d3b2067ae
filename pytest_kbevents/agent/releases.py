"""What each release's agent does (the facts: event-pipeline.md section 1 and 6, bugs.md section 2)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentBehaviours:
    """One release's row."""

    probes_at_once: bool
    """The first run comes right after the initial delay, not a period later (KB-A06)."""
    sends_in_order: bool
    """One report loop sends, 3 x 200 ms, only the newest outcome; otherwise each outcome has an attempt chain of its
    own in the background, 30 x 10 s, and an old one may land last (KB-K02, KB-K03)."""
    reports_roles_again: bool
    """The role is reported each period, and at once when the Pod's role label changes (KB-R07)."""
    message_limit: int | None
    """Bytes of an Event's message beyond which it is cut (KB-K04)."""


_MAIN = AgentBehaviours(probes_at_once=True, sends_in_order=True, reports_roles_again=True, message_limit=1024)

TABLE: dict[str, AgentBehaviours] = {
    "1.0.0": AgentBehaviours(probes_at_once=False, sends_in_order=False, reports_roles_again=False, message_limit=None),
    "main": _MAIN,
    "fixed": _MAIN,
}
