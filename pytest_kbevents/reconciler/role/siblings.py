"""What other Events say: a Pod's newest claims, out of the cache of Events."""

from __future__ import annotations

from collections.abc import Iterable

from pytest_kbevents.api.names import ROLE_PROBE
from pytest_kbevents.api.objects import Object, key_of, name_of, namespace_of, uid_of
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.clock import Clock
from pytest_kbevents.controller.cached import IndexedReader
from pytest_kbevents.controller.ranking import Ranked, RankFunction
from pytest_kbevents.reconciler import probe_message
from pytest_kbevents.reconciler.agent_event import involved, reports
from pytest_kbevents.reconciler.releases import Behaviours
from pytest_kbevents.reconciler.role.claim import Claim, parse

CLAIMS = "claims"
"""The ranking of Events."""
VERSION_BITS = 64
"""What a time takes at most: a version ranks above any time."""


def claims(behaviours: Behaviours) -> RankFunction:
    """An Event's claim, among those of its Pod that are told by a version or by a time, and among those of its role."""

    def rank(event: Object) -> Iterable[tuple[str, int, Claim]]:
        claim = _claim(event, behaviours) if reports(event, ROLE_PROBE) else None
        if claim is None:
            return
        about = involved(event)
        place = _place(namespace_of(event), about.get("name", ""), about.get("uid", ""))
        yield f"{place} {_sort(claim)}", _rank(claim), claim
        if claim.epoch is None and claim.micros >= 0:
            yield f"{place} as {claim.role}", claim.micros, claim

    return rank


class Siblings:
    """All Events about a Pod. What a fast clock dates after now is evidence against another such claim alone."""

    def __init__(self, cache: IndexedReader, clock: Clock, behaviours: Behaviours) -> None:
        self._cache = cache
        self._clock = clock
        self._behaviours = behaviours

    def supersedes(self, pod: Object, event: Object, claim: Claim) -> bool:
        """Whether another Event of this Pod makes a newer claim of the same sort."""
        found = self._greatest(f"{_of(pod)} {_sort(claim)}", claim)
        return found is not None and found.key != key_of(event) and found.rank > _rank(claim)

    def newest(self, pod: Object, claim: Claim) -> int | None:
        """When the Pod last claimed the role of ``claim`` by a time, in microseconds."""
        found = self._greatest(f"{_of(pod)} as {claim.role}", claim)
        return None if found is None else found.rank

    def _greatest(self, place: str, claim: Claim) -> Ranked | None:
        found, now = self._cache.greatest(EVENTS, CLAIMS, place), self._clock.micros()
        believed = not self._behaviours.future_claims_count_as_now or claim.epoch is not None or claim.micros > now
        if found is None or believed or found.rank <= now:
            return found
        past = [ranked for ranked in self._cache.ranked(EVENTS, CLAIMS, place) if ranked.rank <= now]
        return max(past, key=lambda ranked: ranked.rank, default=None)


def _of(pod: Object) -> str:
    return _place(namespace_of(pod), name_of(pod), uid_of(pod))


def _place(namespace: str, name: str, uid: str) -> str:
    return f"{namespace}/{name} {uid}"


def _sort(claim: Claim) -> str:
    return "by time" if claim.epoch is None else "by version"


def _rank(claim: Claim) -> int:
    return claim.micros if claim.epoch is None else (claim.epoch << VERSION_BITS) + claim.micros


def _claim(event: Object, behaviours: Behaviours) -> Claim | None:
    try:
        message = probe_message.decode(event.get("message") or "")
    except ValueError:
        return None
    return parse(message.output, event, behaviours) if message.code == 0 else None
