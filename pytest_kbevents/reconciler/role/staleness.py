"""Whether a claim is newer than what a Pod has accepted."""

from __future__ import annotations

from pytest_kbevents.api.names import ROLE_EPOCH_ANNOTATION, ROLE_LABEL, ROLE_TIME_ANNOTATION
from pytest_kbevents.api.objects import Object, annotations_of, labels_of, with_annotation
from pytest_kbevents.reconciler.releases import Behaviours
from pytest_kbevents.reconciler.role.claim import Claim, uint64


def accepts(pod: Object, claim: Claim, behaviours: Behaviours) -> bool:
    """Rule 5: an epoch against the Pod's epoch; a time against its time, and never once an epoch is known."""
    known = known_epoch(pod)
    if claim.epoch is not None:
        repeated = behaviours.repeated_version_counts and claim.epoch == known
        return known is None or claim.epoch > known or (repeated and _is_later(pod, claim, behaviours))
    if has_epoch(pod):
        return behaviours.repeated_version_counts and not claim.role and _is_later(pod, claim, behaviours)
    return _is_later(pod, claim, behaviours)


def was_stripped(pod: Object, claim: Claim, behaviours: Behaviours) -> bool:
    """Whether the Pod's time may be that of another Pod's claim, which took an exclusive role from it: what it says of
    any other role counts then, however late, as long as it is the last that it said.
    """
    timed = claim.epoch is None and claim.micros >= 0 and not has_epoch(pod)
    return behaviours.older_claim_yields and timed and ROLE_LABEL not in labels_of(pod)


def has_epoch(pod: Object) -> bool:
    """Whether an epoch was ever accepted; text that is no number counts, empty text does not."""
    return bool(annotations_of(pod).get(ROLE_EPOCH_ANNOTATION))


def known_epoch(pod: Object) -> int | None:
    """The newest accepted epoch; None when there is none that can be read."""
    return uint64(annotations_of(pod).get(ROLE_EPOCH_ANNOTATION))


def known_micros(pod: Object) -> int | None:
    """The time of the newest accepted claim; None when there is none that can be read."""
    return uint64(annotations_of(pod).get(ROLE_TIME_ANNOTATION))


def stamped(pod: Object, claim: Claim, now: int, behaviours: Behaviours) -> Object:
    """The Pod with the claim's version as its newest. ``now`` is the controller's clock, in microseconds."""
    if claim.epoch is not None:
        pod = with_annotation(pod, ROLE_EPOCH_ANNOTATION, str(claim.epoch))
        if not behaviours.repeated_version_counts:
            return pod
    return with_annotation(pod, ROLE_TIME_ANNOTATION, str(_dated(pod, claim, now, behaviours)))


def _is_later(pod: Object, claim: Claim, behaviours: Behaviours) -> bool:
    known = known_micros(pod)
    untimed = claim.micros < 0 and not behaviours.untimed_claim_is_oldest
    return known is None or untimed or claim.micros > known


def _dated(pod: Object, claim: Claim, now: int, behaviours: Behaviours) -> int:
    """The claim's time; not beyond now and not before what the Pod has, where the release sees to that."""
    micros = claim.micros
    if behaviours.future_claims_count_as_now and micros > now:
        micros = now
    known = known_micros(pod)
    return max(known, micros) if behaviours.older_claim_yields and known is not None else micros
