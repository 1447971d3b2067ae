"""What each release's controller does: one field a behaviour, with its value from release to release.

The facts are bugs.md, section 2. Nothing else in the reconciler knows a release by name; ``kbevents releases`` prints
this table, and docs/reference/releases.md is made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pytest_kbevents.releases import since, table

HandlerName = Literal["role", "available", "task"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviours:
    """One release's column. A behaviour is named by what the release does."""

    # The reconciler of Events.
    workers: int = since(
        "How many Events are worked on side by side (#9587).",
        "KB-R30",
        v0_9_5=8,
        v1_0_0=1,
        v1_0_2=8,
    )
    handlers: tuple[HandlerName, ...] = since(
        "Which handlers there are, and in which order an Event is shown to them (#8212, #8425, #10281).",
        "KB-R09",
        "KB-A01",
        "KB-T01",
        v0_9_5=("role",),
        v1_0_0=("role", "available", "task"),
        v1_1_0_beta_9=("available", "task", "role"),
    )
    marks: Literal["none", "every", "own"] = since(
        "Which Events get the annotation kubeblocks.io/event-handled: none, every one in the namespace, or those that "
        "a handler calls its own (#8425, #10281).",
        "KB-R02",
        "KB-R32",
        v0_9_5="none",
        v1_0_0="every",
        v1_1_0_beta_9="own",
    )
    marks_by_identity: bool = since(
        "The mark names the Event's uid, so that another Event which has got its name meanwhile is not marked unseen.",
        "O-19",
        v0_9_5=False,
        fixed=True,
    )
    announces_once: bool = since(
        "What is recorded about an object is recorded once for each count of an Event, not again when its mark failed.",
        "O-33",
        v0_9_5=False,
        fixed=True,
    )
    shares_retry_bucket: bool = since(
        "Retries of all Events share one token bucket, 10 a second and 100 at once, so that poison delays the healthy.",
        "O-29",
        v0_9_5=True,
        fixed=False,
    )
    consumes_unreadable: bool = since(
        "A message that cannot be read, or a policy or state that can never be judged, is consumed with a Warning; "
        "otherwise availableProbe and task Events of that kind are tried again for ever.",
        "O-11",
        v0_9_5=False,
        fixed=True,
    )
    knows_pods: bool = since(
        "availableProbe and task Events count only while the Pod they are about is there and has their uid.",
        "O-08",
        v0_9_5=False,
        fixed=True,
    )

    # The role handler.
    role_messages: Literal["lorry", "lorry and kbagent", "kbagent"] = since(
        "Which Events claim a role: lorry's checkRole, kbagent's roleProbe from whatever container, or kbagent's from "
        "its own container alone. The first two are snapshots of Pods, with versions compared as text; the last is a "
        "claim of one Pod, with numbers, and may carry a version of the database's own (#10273, #10281, #10283).",
        "KB-R03",
        "KB-R04",
        "KB-R08",
        "KB-R09",
        v0_9_5="lorry",
        v1_0_0="lorry and kbagent",
        v1_1_0_beta_9="kbagent",
    )
    second_role_reconciler: bool = since(
        "A second reconciler acts on kbagent's role Events: it writes the output, lower-cased, without looking at "
        "versions, definitions or owners, and marks the Event (#9697, removed by #10281).",
        "KB-R01",
        v0_9_5=False,
        v1_1_0_beta_5=True,
        v1_1_0_beta_9=False,
    )
    labels_as_declared: bool = since(
        "The label spells a role as the component declares it, not in lower case (#10049).",
        "KB-R10",
        "O-09",
        v0_9_5=True,
        v1_0_3_beta_1=False,
        fixed=True,
    )
    labels_access_mode: bool = since(
        "The role's access mode becomes a label, too (#8416).",
        "KB-R31",
        v0_9_5=True,
        v1_0_0=False,
    )
    exclusive_roles: Literal["unknown", "unguarded", "guarded"] = since(
        "Whether an exclusive role is taken from its old holders: not at all; from all of them, whatever is newer; or "
        "from those whose own claim is older, which are stamped so that a late Event cannot win (#10049, #10086).",
        "KB-R05",
        "KB-R06",
        v0_9_5="unknown",
        v1_0_3_beta_1="unguarded",
        v1_0_3="guarded",
        v1_1_0_beta_5="unguarded",
        v1_1_0_beta_9="guarded",
    )
    reports_failed_role_probe: bool = since(
        "A failed roleProbe is recorded as a Warning on the Component (#10787).",
        "KB-R29",
        v0_9_5=False,
        main=True,
    )
    strips_before_it_labels: bool = since(
        "An exclusive role is taken from its old holders before the new one gets it, under one lock a workload and "
        "from a live list: no revision shows two holders, and a retry finds nothing half done.",
        "O-02",
        "O-04",
        "O-17",
        "O-28",
        "O-31",
        v0_9_5=False,
        fixed=True,
    )
    older_claim_yields: bool = since(
        "A claim older than that of the Pod which holds the exclusive role is dropped, and its Pod keeps no other role "
        "either: whatever order Events come in, each Pod ends with what it said last, and an exclusive role with who "
        "claimed it last.",
        "O-02",
        v0_9_5=False,
        fixed=True,
    )
    untimed_claim_is_oldest: bool = since(
        "An Event without eventTime loses against any known version instead of always winning.",
        "O-12",
        v0_9_5=False,
        fixed=True,
    )
    claims_dated_by_last_timestamp: bool = since(
        "A claim whose lastTimestamp is later than its eventTime is dated by it: agents of December 2024 moved that "
        "one alone when an outcome came again.",
        "KB-R13",
        v0_9_5=False,
        fixed=True,
    )
    future_claims_count_as_now: bool = since(
        "Against other Pods a claim counts as no newer than the controller's own clock, so that a fast clock on one "
        "node cannot lock the others out.",
        "O-13",
        v0_9_5=False,
        fixed=True,
    )
    repeated_version_counts: bool = since(
        "Within one version of the database the newer Event of a Pod counts: a repeat gives a lost label back, and a "
        "change of role, or no role at all, is heard.",
        "O-03",
        "O-16",
        v0_9_5=False,
        fixed=True,
    )
    instances_share_roles: bool = since(
        "Pods of Instances, and Pods that lack a label, give up an exclusive role like those of an InstanceSet.",
        "O-18",
        v0_9_5=False,
        fixed=True,
    )
    skips_known_roles: bool = since(
        "A repeat that says what the Pod's label says already writes nothing: the newest Event of the Pod is its "
        "version.",
        "O-14",
        v0_9_5=False,
        fixed=True,
    )

    # The available handler.
    pod_names_from: Literal["Component", "InstanceSet"] = since(
        "Where the names of a component's Pods come from (#9292, #10002).",
        "KB-A04",
        v0_9_5="Component",
        v1_1_0_beta_5="InstanceSet",
    )
    role_policy: bool = since(
        "A policy of roles (withRole) is known, and left to the component controller (#9500).",
        "KB-A02",
        v0_9_5=False,
        v1_0_2=True,
    )
    probe_policy_wins: bool = since(
        "A policy of probes switches those of phases and roles off (#9684).",
        "KB-A03",
        v0_9_5=False,
        v1_0_2=True,
    )
    unavailable_reason: Literal["Unavailable", "ProbeCheckFail"] = since(
        "The reason of the condition when it is False (#10032).",
        "KB-A05",
        v0_9_5="Unavailable",
        v1_1_0_beta_9="ProbeCheckFail",
    )
    says_does_not_match: bool = since(
        "A stdout or stderr that differs is told as `does not match`, before as `is not match`.",
        "KB-A05",
        v0_9_5=False,
        v1_1_0_beta_5=True,
    )
    available_time: Literal["lastTimestamp", "eventTime"] = since(
        "What dates an availableProbe Event: lastTimestamp, which repeats do not move (#8822), or eventTime.",
        "O-01",
        "O-05",
        "O-24",
        v0_9_5="lastTimestamp",
        fixed="eventTime",
    )
    window_from_events: bool = since(
        "The window of availableProbe results is read from the Events themselves, not from a list in the Component's "
        "status that workers overwrite for each other and that a stray text blocks for ever.",
        "O-06",
        "O-14",
        v0_9_5=False,
        fixed=True,
    )
    guards_status: bool = since(
        "The Component's status is written only over what was read, so that nobody's condition is lost.",
        "O-06",
        v0_9_5=False,
        fixed=True,
    )
    silence_is_failure: bool = since(
        "A component is judged again when a result leaves the window, and one without any result is not available.",
        "O-07",
        "O-25",
        v0_9_5=False,
        fixed=True,
    )
    replicas_from: Literal["Component", "InstanceSet"] = since(
        "How many results a strict policy demands: the Component's replicas, or as many as its Pods have names.",
        "O-25",
        v0_9_5="Component",
        fixed="InstanceSet",
    )
    cuts_between_characters: bool = since(
        "A text shown in the condition is never cut within a character.",
        "O-32",
        v0_9_5=False,
        fixed=True,
    )

    # The task handler.
    tasks_have_identity: bool = since(
        "A task Event counts for the task whose UID it names, or that began after the replica was asked for (a task "
        "is written anew under another UID while it runs), and not once the replica has its data.",
        "O-10",
        v0_9_5=False,
        fixed=True,
    )
    waits_for_task_target: bool = since(
        "A task Event waits for an InstanceSet, ConfigMap or replica that is not there yet, and writes nothing before.",
        "O-30",
        v0_9_5=False,
        fixed=True,
    )


TABLE = table(Behaviours)
