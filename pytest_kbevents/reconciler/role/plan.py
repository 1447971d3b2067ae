"""What an accepted claim changes: the claimant, and who loses an exclusive role (rules 7 to 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pytest_kbevents.api.names import (
    INSTANCE_SET_LABEL,
    MANAGED_BY_KUBEBLOCKS,
    MANAGED_BY_LABEL,
    ROLE_LABEL,
    WORKLOAD_MANAGED_BY_INSTANCE_SET,
    WORKLOAD_MANAGED_BY_LABEL,
)
from pytest_kbevents.api.objects import Object, with_label
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


def labelled(pod: Object, claim: Claim, workload: Object) -> Change:
    """The claimant with its role, or without one when the workload does not define it, and the claim's version."""
    role = claim.role if _defined(workload, claim.role) is not None else None
    return Change(pod, stamped(with_label(pod, ROLE_LABEL, role), claim))


def stripped(peers: Sequence[Object], claim: Claim, behaviours: Behaviours) -> list[Change]:
    """The peers without the role. A time is stamped on them, so that their own late Events cannot win; an epoch is not,
    so that their Event of the same epoch still counts.
    """
    losing = [peer for peer in peers if behaviours.strips_before_it_labels or accepts(peer, claim, behaviours)]
    bare = [(peer, with_label(peer, ROLE_LABEL, None)) for peer in losing]
    return [Change(peer, after if claim.epoch is not None else stamped(after, claim)) for peer, after in bare]


def is_exclusive(workload: Object, owner: Owner, role: str) -> bool:
    """Whether at most one Pod may have the role; Instances know no exclusive roles."""
    definition = _defined(workload, role)
    return owner.resource == INSTANCE_SETS and definition is not None and bool(definition.get("isExclusive"))


def refusal(peers: Sequence[Object], claim: Claim, behaviours: Behaviours) -> str | None:
    """Why the holders of an exclusive role keep it; None when the claim may take it."""
    if claim.epoch is None:
        if any(has_epoch(peer) for peer in peers):
            return "a Pod holds the role by a version of the database itself"
        if behaviours.older_claim_yields and any((known_micros(peer) or 0) > claim.micros for peer in peers):
            return "a Pod holds the role by a newer Event"
    elif any((known_epoch(peer) or 0) >= claim.epoch for peer in peers if known_epoch(peer) is not None):
        return "a Pod holds the role by the same or a newer version"
    return None


def holders_selector(owner: Owner, role: str) -> str:
    """The label selector of the Pods of a workload that have the role."""
    return ",".join(
        (
            f"{MANAGED_BY_LABEL}={MANAGED_BY_KUBEBLOCKS}",
            f"{WORKLOAD_MANAGED_BY_LABEL}={WORKLOAD_MANAGED_BY_INSTANCE_SET}",
            f"{INSTANCE_SET_LABEL}={owner.name}",
            f"{ROLE_LABEL}={role}",
        )
    )


def _defined(workload: Object, role: str) -> Object | None:
    roles: Sequence[Object] = (workload.get("spec") or {}).get("roles") or []
    return next((item for item in roles if str(item.get("name", "")).lower() == role), None) if role else None
