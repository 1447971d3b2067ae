"""Whether a claim is newer than what a Pod has accepted."""

from __future__ import annotations

from pytest_kbevents.api.names import ROLE_EPOCH_ANNOTATION, ROLE_LABEL, ROLE_TIME_ANNOTATION
from pytest_kbevents.api.objects import Object, annotations_of, labels_of, with_annotation
from pytest_kbevents.reconciler.releases import Behaviours
from pytest_kbevents.reconciler.role.claim import Claim, uint64


def accepts(pod: Object, claim: Claim, behaviours: Behaviours) -> bool:
    """Rule 5: an epoch against the Pod's epoch; a time against its time, and never once an epoch is known."""
    if claim.epoch is not None:
        known = known_epoch(pod)
        repeated = behaviours.repeat_restores_label and claim.epoch == known
        return known is None or claim.epoch > known or (repeated and not labels_of(pod).get(ROLE_LABEL))
    if has_epoch(pod):
        return False
    known = known_micros(pod)
    untimed = claim.micros < 0 and not behaviours.untimed_claim_is_oldest
    return known is None or untimed or claim.micros > known


def has_epoch(pod: Object) -> bool:
    """Whether an epoch was ever accepted; text that is no number counts, empty text does not."""
    return bool(annotations_of(pod).get(ROLE_EPOCH_ANNOTATION))


def known_epoch(pod: Object) -> int | None:
    """The newest accepted epoch; None when there is none that can be read."""
    return uint64(annotations_of(pod).get(ROLE_EPOCH_ANNOTATION))


def known_micros(pod: Object) -> int | None:
    """The time of the newest accepted claim; None when there is none that can be read."""
    return uint64(annotations_of(pod).get(ROLE_TIME_ANNOTATION))


def stamped(pod: Object, claim: Claim) -> Object:
    """The Pod with the claim's version as its newest."""
    if claim.epoch is not None:
        return with_annotation(pod, ROLE_EPOCH_ANNOTATION, str(claim.epoch))
    return with_annotation(pod, ROLE_TIME_ANNOTATION, str(claim.micros))
