"""What each release's agent does: one field a behaviour (the facts: event-pipeline.md sections 1 and 6, bugs.md 2)."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.releases import since, table


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentBehaviours:
    """One release's column."""

    speaks_as_lorry: bool = since(
        "Roles are told in lorry's words: reason checkRole, an Event of its own for each change (#8445, #10273).",
        "KB-R08",
        "KB-K01",
        v0_9_5=True,
        v1_0_0=False,
    )
    probes_at_once: bool = since(
        "The first run comes right after the initial delay, not a period later (#9511).",
        "KB-A06",
        v0_9_5=False,
        v1_0_2=True,
    )
    sends_in_order: bool = since(
        "One report loop sends, 3 x 200 ms, only the newest outcome; otherwise each outcome has an attempt chain of "
        "its own in the background, 30 x 10 s, and an old one may land last (#9926).",
        "KB-K02",
        "KB-K03",
        v0_9_5=False,
        v1_0_2=True,
    )
    reports_roles_again: bool = since(
        "The role is reported each period, and at once when the Pod's role label changes (#10201).",
        "KB-R07",
        v0_9_5=False,
        v1_0_3=True,
        v1_1_0_beta_5=False,
        v1_1_0_beta_9=True,
    )
    message_limit: int | None = since(
        "Bytes of an Event's message beyond which it is cut (#10511).",
        "KB-K04",
        v0_9_5=None,
        main=1024,
    )


TABLE = table(AgentBehaviours)
