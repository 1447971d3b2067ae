"""An exclusive role goes from its holders to the Pod that claims it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial

from pytest_kbevents.api.names import ROLE_LABEL
from pytest_kbevents.api.objects import Object, labels_of, name_of, namespace_of, uid_of, with_label
from pytest_kbevents.api.resources import PODS
from pytest_kbevents.client.protocols import Reader, ReaderWriter
from pytest_kbevents.clock import Clock
from pytest_kbevents.controller.cached import IndexedReader
from pytest_kbevents.errors import NotFound
from pytest_kbevents.reconciler.outcome import Outcome, handled, skipped
from pytest_kbevents.reconciler.releases import Behaviours
from pytest_kbevents.reconciler.role import plan
from pytest_kbevents.reconciler.role.attempts import attempt_all
from pytest_kbevents.reconciler.role.claim import Claim
from pytest_kbevents.reconciler.role.owner import Owner, family, resolve
from pytest_kbevents.reconciler.role.plan import Change
from pytest_kbevents.reconciler.role.siblings import Siblings
from pytest_kbevents.reconciler.role.staleness import known_micros, stamped

BY_ROLE = "by role"
"""The index of Pods."""


def by_role(pod: Object) -> list[str]:
    """A Pod is found by its role, in whatever case."""
    role = labels_of(pod).get(ROLE_LABEL)
    return [f"{namespace_of(pod)}/{role.lower()}"] if role else []


class Takeover:
    """Reads come from ``cache``, and where the release makes sure of it from the server; writes go to the server."""

    def __init__(self, cache: IndexedReader, live: ReaderWriter, clock: Clock, behaviours: Behaviours) -> None:
        self._cache = cache
        self._live = live
        self._clock = clock
        self._behaviours = behaviours
        self._siblings = Siblings(cache, clock, behaviours)
        self._locks: dict[tuple[str, ...], threading.Lock] = {}
        self._locking = threading.Lock()

    def perform(self, claim: Claim, claimant: Change, owner: Owner, workload: Object) -> Outcome:
        """Raises ApiError or NoAnswer when a write failed: the Event comes again."""
        pod, strict = claimant.before, self._behaviours.strips_before_it_labels
        with self._turn(pod, owner):
            if strict and not self._is_there(pod):
                return skipped("the Pod is gone: what it claims stays with its holder")
            peers = self._live_peers(pod, claim, owner, workload) if strict else self.peers(pod, claim, owner)
            if (reason := plan.refusal(peers, claim) or self._older(peers, claim)) is not None:
                return self._refused(reason, claim, pod)
            losers = plan.stripped(peers, claim, self._clock.micros(), self._behaviours)
            if strict:
                attempt_all(partial(self._strip, loser) for loser in losers)
                self.write(claimant)
            else:
                self.write(claimant)
                attempt_all(partial(self._strip, loser) for loser in losers)
        return handled(f"exclusive role {claim.role!r}")

    def peers(self, pod: Object, claim: Claim, owner: Owner) -> list[Object]:
        """The other holders that the cache knows."""
        if self._behaviours.instances_share_roles:
            found = self._cache.by_index(PODS, BY_ROLE, f"{namespace_of(pod)}/{claim.role}")
            return _of_the_family(found, pod, owner)
        return _of_the_set(self._cache, pod, claim, owner)

    def write(self, change: Change) -> None:
        """Update the Pod, if that changes it."""
        if change.after != change.before:
            self._live.update(PODS, change.after)

    def still_says(self, change: Change) -> bool:
        """Whether the Pod says so on the server, too: the cache may not have seen yet that it was changed."""
        pod = change.before
        try:
            return plan.says(self._live.get(PODS, namespace_of(pod), name_of(pod)), change.after)
        except NotFound:
            return False

    def _refused(self, reason: str, claim: Claim, pod: Object) -> Outcome:
        """The holder keeps the role. What the Pod was before, it is no more: it said so."""
        if not self._behaviours.older_claim_yields or ROLE_LABEL not in labels_of(pod):
            return skipped(reason)
        bare = with_label(pod, ROLE_LABEL, None)
        self.write(Change(pod, stamped(bare, claim, self._clock.micros(), self._behaviours)))
        return handled(f"no role: {reason}")

    def _live_peers(self, pod: Object, claim: Claim, owner: Owner, workload: Object) -> list[Object]:
        if not self._behaviours.instances_share_roles:
            return _of_the_set(self._live, pod, claim, owner)
        definition = plan.defined(workload, claim.role) or {}
        spellings = ",".join(sorted({claim.role, str(definition.get("name", claim.role))}))
        return _of_the_family(self._live.list(PODS, namespace_of(pod), f"{ROLE_LABEL} in ({spellings})"), pod, owner)

    def _turn(self, pod: Object, owner: Owner) -> AbstractContextManager[object]:
        """One take-over of a workload's roles at a time, where the release sees to that."""
        if not self._behaviours.strips_before_it_labels:
            return nullcontext()
        with self._locking:
            return self._locks.setdefault((namespace_of(pod), *family(pod, owner)), threading.Lock())

    def _older(self, peers: Sequence[Object], claim: Claim) -> str | None:
        if claim.epoch is not None or not self._behaviours.older_claim_yields:
            return None
        newer = any(self._held_since(peer, claim) > claim.micros for peer in peers)
        return "a Pod holds the role by a newer Event" if newer else None

    def _held_since(self, peer: Object, claim: Claim) -> int:
        """The time of the newest claim by which a Pod holds the role."""
        known = known_micros(peer) or 0
        if not self._behaviours.skips_known_roles:
            return known
        return max(known, self._siblings.newest(peer, claim) or 0)

    def _strip(self, loser: Change) -> None:
        """A Pod that is gone holds no role."""
        with suppress(NotFound):
            self.write(loser)

    def _is_there(self, pod: Object) -> bool:
        try:
            return uid_of(self._live.get(PODS, namespace_of(pod), name_of(pod))) == uid_of(pod)
        except NotFound:
            return False


def _of_the_set(reader: Reader, pod: Object, claim: Claim, owner: Owner) -> list[Object]:
    found = reader.list(PODS, namespace_of(pod), plan.holders_selector(owner.name, claim.role))
    return [holder for holder in found if name_of(holder) != name_of(pod)]


def _of_the_family(found: Sequence[Object], pod: Object, owner: Owner) -> list[Object]:
    return [other for other in found if name_of(other) != name_of(pod) and _shares(other, family(pod, owner))]


def _shares(pod: Object, wanted: tuple[str, ...]) -> bool:
    owner = resolve(pod)
    return isinstance(owner, Owner) and family(pod, owner) == wanted
