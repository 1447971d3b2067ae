"""What each release's agent does: one field a behaviour (the facts: event-pipeline.md sections 1 and 6, bugs.md 2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pytest_kbevents.releases import since, table


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentBehaviours:
    """One release's column."""

    speaks_as_lorry: bool = since(
        "Roles are told in lorry's words: reason checkRole, an Event of its own for each change (#8445, #10273).",
        "KB-R08",
        "KB-K01",
        v0_5_0=True,
        v1_0_0_nov24=False,
    )
    speaks_through_kubelet: bool = since(
        "Roles are told by a failing readiness probe, in the kubelet's Events: 25 of a Pod at once, and one more each "
        "five minutes; what comes beyond is lost (#964, #3172).",
        "KB-R25",
        v0_5_0=True,
        v0_8_3=False,
    )
    names_events_by: Literal["chance", "Pod", "uid"] = since(
        "What an Event's name is made of: chance, so that each report is another Event; the Pod's name and the "
        "outcome, so that a new Pod of that name counts up the old one's Event; or the Pod's uid and the outcome "
        "(#8445, #8574).",
        "KB-K01",
        "KB-R14",
        v0_5_0="chance",
        v1_0_0_dec24="Pod",
        v1_0_0_jan25="uid",
    )
    needs_streaming: bool = since(
        "An agent without actions that are streamed panics: its empty list has one empty name (#8504).",
        "KB-K05",
        v0_5_0=False,
        v1_0_0_nov24=True,
        v1_0_0_dec24=False,
    )
    probes_at_once: bool = since(
        "The first run comes right after the initial delay, not a period later (#9511).",
        "KB-A06",
        v0_5_0=False,
        v1_0_1=True,
    )
    sends_in_order: bool = since(
        "One report loop sends, 3 x 200 ms, only the newest outcome; otherwise each outcome has an attempt chain of "
        "its own in the background, 30 x 10 s, and an old one may land last (#9926).",
        "KB-K02",
        "KB-K03",
        v0_5_0=False,
        v1_0_2=True,
    )
    reports_roles_again: bool = since(
        "The role is reported each period, and at once when the Pod's role label changes (#10201).",
        "KB-R07",
        v0_5_0=False,
        v1_0_3=True,
        v1_1_0_beta_5=False,
        v1_1_0_beta_9=True,
    )
    message_limit: int | None = since(
        "Bytes of an Event's message beyond which it is cut (#10511).",
        "KB-K04",
        v0_5_0=None,
        main=1024,
    )
    cuts_output_first: bool = since(
        "What is too long loses the end of a failed probe's last output first, so that the error is told; otherwise "
        "the error's text.",
        "O-20",
        v0_5_0=False,
        fixed=True,
    )
    retries_actions: bool = since(
        "An action's retryPolicy is followed: a failure counts once all its repetitions have failed (#10361).",
        "KB-K09",
        v0_5_0=False,
        main=True,
    )
    limits_actions: bool = since(
        "A run ends after the action's timeoutSeconds, 30 s when not said and 60 s at most; otherwise after the "
        "call's, or never (#9615, #9955).",
        "KB-K07",
        "O-21",
        v0_5_0=False,
        v1_0_1=True,
    )
    caps_transfers: bool = since(
        "Loads and dumps end after 60 s at the most, whatever their timeoutSeconds; otherwise those alone count.",
        "KB-K07",
        v0_5_0=True,
        fixed=False,
    )
    tells_stderr_of_timeouts: bool = since(
        "What a command wrote to stderr before it was killed at its limit is told (event-pipeline.md, section 6).",
        v0_5_0=False,
        v1_1_0_beta_5=True,
    )
    reads_errors_as_formats: bool = since(
        "The text of an error is read as a format: %d in it becomes %!d(MISSING) (event-pipeline.md, section 1).",
        v0_5_0=False,
        v1_0_0_nov24=True,
        v1_1_0_beta_5=False,
    )
    callers_say_non_blocking: bool = since(
        "Whether a call waits for its action is said by the caller, and its result is collected once; otherwise the "
        "action says so, and the result is kept (event-pipeline.md, section 6).",
        v0_5_0=True,
        v1_1_0_beta_5=False,
    )
    finishes_in_background: bool = since(
        "The Event that ends a task is tried 30 x 10 s; otherwise 3 x 200 ms, and then the worker begins anew: the "
        "data is loaded twice (#9926).",
        "KB-K08",
        v0_5_0=True,
        v1_0_2=False,
        fixed=True,
    )
    aborts_failed_dumps: bool = since(
        "A dump that fails breaks its connection off, so that the load fails, too; otherwise it ends like one that "
        "went well, and part of the data counts as all of it.",
        "O-21",
        v0_5_0=False,
        fixed=True,
    )
    max_concurrency: int = since(
        "So many connections its HTTP port serves side by side where --max-concurrency does not say "
        "(event-pipeline.md, section 6).",
        v0_5_0=8,
        v1_1_0_beta_5=32,
    )
    moves_event_time: bool = since(
        "An outcome that is repeated moves eventTime; otherwise lastTimestamp (#8661, #8822).",
        "KB-R13",
        v0_5_0=True,
        v1_0_0_dec24=False,
        v1_0_0=True,
    )


TABLE = table(AgentBehaviours)
