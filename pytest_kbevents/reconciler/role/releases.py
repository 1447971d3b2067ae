"""What each release's role handler does: one field a behaviour, as in the table of the whole controller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pytest_kbevents.releases import since


@dataclass(frozen=True, kw_only=True)
class RoleBehaviours:
    """One release's part of a column."""

    role_messages: Literal["lorry", "lorry and kbagent", "kbagent"] = since(
        "Which Events claim a role: lorry's checkRole, kbagent's roleProbe from whatever container, or kbagent's from "
        "its own container alone. The first two are snapshots of Pods, with versions compared as text; the last is a "
        "claim of one Pod, with numbers, and may carry a version of the database's own (#10273, #10281, #10283).",
        "KB-R03",
        "KB-R04",
        "KB-R08",
        "KB-R09",
        v0_5_0="lorry",
        v1_0_0_nov24="lorry and kbagent",
        v1_1_0_beta_9="kbagent",
    )
    role_versions: Literal["none", "text", "lastTimestamp", "eventTime"] = since(
        "What dates a role Event: nothing, so that the last one to be handled wins; eventTime as RFC 3339 text, which "
        "drops zeros at the end; lastTimestamp, which knows no parts of a second; or eventTime in microseconds (#4771, "
        "#7420, #8661, #8822).",
        "KB-R12",
        "KB-R13",
        "KB-R16",
        "KB-R23",
        v0_5_0="none",
        v0_8_3="text",
        v0_9_1="eventTime",
        v1_0_0_jan25="lastTimestamp",
        v1_0_0="eventTime",
    )
    either_makes_a_role_event: bool = since(
        "Whatever comes from lorry's containers, or calls itself checkRole, is a role Event: either is enough (#7311).",
        "KB-R17",
        v0_5_0=True,
        v0_9_1=False,
    )
    snapshots_have_one_uid: bool = since(
        "Every Pod of a snapshot must have the uid of the Pod that sent it, so that no other one is labelled (#7206).",
        "KB-R18",
        "KB-R20",
        v0_5_0=True,
        v0_9_1=False,
    )
    workloads_by_pod_name: bool = since(
        "A Pod's workload is its name without the number, which Pods of an instance template belie (#7091).",
        "KB-R19",
        v0_5_0=True,
        v0_9_1=False,
    )
    deletes_role_events: bool = since(
        "A role Event is deleted once it has been handled; otherwise it stays, with a mark (#644).",
        "KB-R24",
        v0_5_0=True,
        v0_8_3=False,
    )
    patches_roles: bool = since(
        "The label is patched on whatever the Pod is by now; otherwise the Pod is updated as it was read, and not over "
        "what others have written (#8865, #8871).",
        "KB-R11",
        v0_5_0=True,
        v0_9_5=False,
        v1_0_0_nov24=True,
        v1_0_0=False,
    )
    second_role_reconciler: bool = since(
        "A second reconciler acts on kbagent's role Events: it writes the output, lower-cased, without looking at "
        "versions, definitions or owners, and marks the Event (#9697, removed by #10281).",
        "KB-R01",
        v0_5_0=False,
        v1_1_0_beta_5=True,
        v1_1_0_beta_9=False,
    )
    labels_as_declared: bool = since(
        "The label spells a role as the component declares it, not in lower case (#10049).",
        "KB-R10",
        "O-09",
        v0_5_0=True,
        v1_0_3_beta_1=False,
        fixed=True,
    )
    labels_access_mode: bool = since(
        "The role's access mode becomes a label, too (#8416).",
        "KB-R31",
        v0_5_0=True,
        v1_0_0=False,
    )
    exclusive_roles: Literal["unknown", "unguarded", "guarded"] = since(
        "Whether an exclusive role is taken from its old holders: not at all; from all of them, whatever is newer; or "
        "from those whose own claim is older, which are stamped so that a late Event cannot win (#10049, #10086).",
        "KB-R05",
        "KB-R06",
        v0_5_0="unknown",
        v1_0_3_beta_1="unguarded",
        v1_0_3="guarded",
        v1_1_0_beta_5="unguarded",
        v1_1_0_beta_9="guarded",
    )
    reports_failed_role_probe: bool = since(
        "A failed roleProbe is recorded as a Warning on the Component (#10787).",
        "KB-R29",
        v0_5_0=False,
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
        v0_5_0=False,
        fixed=True,
    )
    older_claim_yields: bool = since(
        "A claim older than that of the Pod which holds the exclusive role is dropped, and its Pod keeps no other role "
        "either: whatever order Events come in, each Pod ends with what it said last, and an exclusive role with who "
        "claimed it last.",
        "O-02",
        "O-31",
        v0_5_0=False,
        fixed=True,
    )
    untimed_claim_is_oldest: bool = since(
        "An Event without eventTime loses against any known version instead of always winning.",
        "O-12",
        v0_5_0=False,
        fixed=True,
    )
    claims_dated_by_last_timestamp: bool = since(
        "A claim whose lastTimestamp is later than its eventTime is dated by it: agents of December 2024 moved that "
        "one alone when an outcome came again.",
        "KB-R13",
        v0_5_0=False,
        fixed=True,
    )
    future_claims_count_as_now: bool = since(
        "Against other Pods a claim counts as no newer than the controller's own clock, so that a fast clock on one "
        "node cannot lock the others out.",
        "O-13",
        v0_5_0=False,
        fixed=True,
    )
    repeated_version_counts: bool = since(
        "Within one version of the database the newer Event of a Pod counts: a repeat gives a lost label back, and a "
        "change of role, or no role at all, is heard.",
        "O-03",
        "O-16",
        "O-17",
        v0_5_0=False,
        fixed=True,
    )
    instances_share_roles: bool = since(
        "Pods of Instances, and Pods that lack a label, give up an exclusive role like those of an InstanceSet.",
        "O-18",
        v0_5_0=False,
        fixed=True,
    )
    skips_known_roles: bool = since(
        "A repeat that says what the Pod's label says already writes nothing: the newest Event of the Pod is its "
        "version.",
        "O-14",
        v0_5_0=False,
        fixed=True,
    )
