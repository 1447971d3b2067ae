"""What each release's controller does: one field a behaviour, with its value from release to release.

The facts are bugs.md, section 2. Nothing else in the reconciler knows a release by name; ``kbevents releases`` prints
this table, and docs/reference/releases.md is made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pytest_kbevents.reconciler.role.releases import RoleBehaviours
from pytest_kbevents.releases import since, table

HandlerName = Literal["role", "available", "task"]


@dataclass(frozen=True, kw_only=True)
class EventBehaviours:
    """The part of a column that is about Events, whosever they are."""

    workers: int = since(
        "How many Events are worked on side by side (#9587).",
        "KB-R30",
        v0_5_0=1,
        v0_9_5=8,
        v1_0_0_nov24=1,
        v1_0_1=8,
    )
    handlers: tuple[HandlerName, ...] = since(
        "Which handlers there are, and in which order an Event is shown to them (#8212, #8425, #10281).",
        "KB-R09",
        "KB-A01",
        "KB-T01",
        v0_5_0=("role",),
        v1_0_0_nov24=("role", "available", "task"),
        v1_1_0_beta_9=("available", "task", "role"),
    )
    marks: Literal["none", "every", "own"] = since(
        "Which Events get the annotation kubeblocks.io/event-handled: none, every one in the namespace, or those that "
        "a handler calls its own (#8425, #10281).",
        "KB-R02",
        "KB-R32",
        v0_5_0="none",
        v1_0_0_nov24="every",
        v1_1_0_beta_9="own",
    )
    marks_by_identity: bool = since(
        "The mark names the Event's uid, so that another Event which has got its name meanwhile is not marked unseen.",
        "O-19",
        v0_5_0=False,
        fixed=True,
    )
    announces_once: bool = since(
        "What is recorded about an object is recorded once for each count of an Event, not again when its mark failed.",
        "O-33",
        v0_5_0=False,
        fixed=True,
    )
    shares_retry_bucket: bool = since(
        "Retries of all Events share one token bucket, 10 a second and 100 at once, so that poison delays the healthy.",
        "O-29",
        v0_5_0=True,
        fixed=False,
    )
    consumes_unreadable: bool = since(
        "A message that cannot be read, or a policy or state that can never be judged, is consumed with a Warning; "
        "otherwise availableProbe and task Events of that kind are tried again for ever.",
        "O-11",
        v0_5_0=False,
        fixed=True,
    )
    knows_pods: bool = since(
        "availableProbe and task Events count only while the Pod they are about is there and has their uid.",
        "O-08",
        v0_5_0=False,
        fixed=True,
    )


@dataclass(frozen=True, kw_only=True)
class Behaviours(RoleBehaviours, EventBehaviours):
    """One release's column. A behaviour is named by what the release does."""

    # The available handler.
    pod_names_from: Literal["Component", "InstanceSet"] = since(
        "Where the names of a component's Pods come from (#9292, #10002).",
        "KB-A04",
        v0_5_0="Component",
        v1_1_0_beta_5="InstanceSet",
    )
    role_policy: bool = since(
        "A policy of roles (withRole) is known, and left to the component controller (#9500).",
        "KB-A02",
        v0_5_0=False,
        v1_0_1=True,
    )
    probe_policy_wins: bool = since(
        "A policy of probes switches those of phases and roles off (#9684).",
        "KB-A03",
        v0_5_0=False,
        v1_0_1=True,
    )
    unavailable_reason: Literal["Unavailable", "ProbeCheckFail"] = since(
        "The reason of the condition when it is False (#10032).",
        "KB-A05",
        v0_5_0="Unavailable",
        v1_1_0_beta_9="ProbeCheckFail",
    )
    says_does_not_match: bool = since(
        "A stdout or stderr that differs is told as `does not match`, before as `is not match`.",
        "KB-A05",
        v0_5_0=False,
        v1_1_0_beta_5=True,
    )
    available_time: Literal["lastTimestamp", "eventTime"] = since(
        "What dates an availableProbe Event: lastTimestamp, which repeats do not move (#8822), or eventTime.",
        "O-01",
        "O-05",
        "O-24",
        v0_5_0="lastTimestamp",
        fixed="eventTime",
    )
    window_from_events: bool = since(
        "The window of availableProbe results is read from the Events themselves, not from a list in the Component's "
        "status that workers overwrite for each other and that a stray text blocks for ever.",
        "O-06",
        "O-14",
        v0_5_0=False,
        fixed=True,
    )
    guards_status: bool = since(
        "The Component's status is written only over what was read, so that nobody's condition is lost.",
        "O-06",
        v0_5_0=False,
        fixed=True,
    )
    silence_is_failure: bool = since(
        "A component is judged again when a result leaves the window, and one without any result is not available.",
        "O-07",
        "O-25",
        v0_5_0=False,
        fixed=True,
    )
    replicas_from: Literal["Component", "InstanceSet"] = since(
        "How many results a strict policy demands: the Component's replicas, or as many as its Pods have names.",
        "O-25",
        v0_5_0="Component",
        fixed="InstanceSet",
    )
    cuts_between_characters: bool = since(
        "A text shown in the condition is never cut within a character.",
        "O-32",
        v0_5_0=False,
        fixed=True,
    )

    # The task handler.
    tasks_have_identity: bool = since(
        "A task Event counts for the task whose UID it names, or that began after the replica was asked for (a task "
        "is written anew under another UID while it runs), and not once the replica has its data.",
        "O-10",
        v0_5_0=False,
        fixed=True,
    )
    waits_for_task_target: bool = since(
        "A task Event waits for an InstanceSet, ConfigMap or replica that is not there yet, and writes nothing before.",
        "O-30",
        v0_5_0=False,
        fixed=True,
    )


TABLE = table(Behaviours)
