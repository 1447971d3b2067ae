"""What an accepted claim changes: the claimant, and who loses an exclusive role (rules 7 to 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pytest_kbevents.api.names import (
    ACCESS_MODE_LABEL,
    INSTANCE_SET_LABEL,
    MANAGED_BY_KUBEBLOCKS,
    MANAGED_BY_LABEL,
    ROLE_LABEL,
    WORKLOAD_MANAGED_BY_INSTANCE_SET,
    WORKLOAD_MANAGED_BY_LABEL,
)
from pytest_kbevents.api.objects import Object, labels_of, with_label
from pytest_kbevents.api.resources import INSTANCE_SETS
from pytest_kbevents.reconciler.releases import Behaviours
from pytest_kbevents.reconciler.role.claim import Claim
from pytest_kbevents.reconciler.role.owner import Owner
from pytest_kbevents.reconciler.role.staleness import accepts, has_epoch, known_epoch, known_micros, stamped


@dataclass(frozen=True, slots=True)
class Change:
    """A Pod as it was read, and as it shall be."""

    before: Object
    after: Object


def labelled(pod: Object, role: str, workload: Object, behaviours: Behaviours) -> Object:
    """The Pod with its role as the release spells it, or without one when the workload does not define it."""
    definition = defined(workload, role)
    label = None if definition is None else str(definition["name"] if behaviours.labels_as_declared else role.lower())
    after = with_label(pod, ROLE_LABEL, label)
    if not behaviours.labels_access_mode:
        return after
    return with_label(after, ACCESS_MODE_LABEL, (definition or {}).get("accessMode"))


def claimant(pod: Object, claim: Claim, workload: Object, now: int, behaviours: Behaviours) -> Change:
    """The claimant with its role and the claim's version."""
    return Change(pod, stamped(labelled(pod, claim.role, workload, behaviours), claim, now, behaviours))


def stripped(peers: Sequence[Object], claim: Claim, now: int, behaviours: Behaviours) -> list[Change]:
    """The peers without the role. A time is stamped on them, so that their own late Events cannot win; an epoch is not,
    so that their Event of the same epoch still counts.
    """
    guarded = behaviours.exclusive_roles == "guarded"
    all_lose = behaviours.strips_before_it_labels or not guarded
    losing = [peer for peer in peers if all_lose or accepts(peer, claim, behaviours)]
    bare = [(peer, with_label(peer, ROLE_LABEL, None)) for peer in losing]
    stamps = guarded and claim.epoch is None
    return [Change(peer, stamped(after, claim, now, behaviours) if stamps else after) for peer, after in bare]


def is_exclusive(workload: Object, owner: Owner, role: str, behaviours: Behaviours) -> bool:
    """Whether at most one Pod may have the role, as far as the release knows."""
    if behaviours.exclusive_roles == "unknown":
        return False
    definition = defined(workload, role)
    shares = owner.resource == INSTANCE_SETS or behaviours.instances_share_roles
    return shares and definition is not None and bool(definition.get("isExclusive"))


def refusal(peers: Sequence[Object], claim: Claim) -> str | None:
    """Why the holders of an exclusive role keep it by their versions; None when the claim may take it."""
    if claim.epoch is None:
        return "a Pod holds the role by a version of the database itself" if any(map(has_epoch, peers)) else None
    if any((known_epoch(peer) or 0) >= claim.epoch for peer in peers if known_epoch(peer) is not None):
        return "a Pod holds the role by the same or a newer version"
    return None


def holders_selector(instance_set: str, role: str) -> str:
    """The label selector of the Pods of an InstanceSet that have the role."""
    return ",".join(
        (
            f"{MANAGED_BY_LABEL}={MANAGED_BY_KUBEBLOCKS}",
            f"{WORKLOAD_MANAGED_BY_LABEL}={WORKLOAD_MANAGED_BY_INSTANCE_SET}",
            f"{INSTANCE_SET_LABEL}={instance_set}",
            f"{ROLE_LABEL}={role}",
        )
    )


def says(pod: Object, after: Object) -> bool:
    """Whether the Pod's label is already what it shall be, by a version that is known."""
    known = known_micros(pod) is not None or known_epoch(pod) is not None
    return known and labels_of(pod).get(ROLE_LABEL) == labels_of(after).get(ROLE_LABEL)


def defined(workload: Object, role: str) -> Object | None:
    """The role in ``spec.roles``, in whatever case; None for a role that is not there, and for no role."""
    roles: Sequence[Object] = (workload.get("spec") or {}).get("roles") or []
    wanted = role.lower()
    return next((item for item in roles if str(item.get("name", "")).lower() == wanted), None) if role else None
