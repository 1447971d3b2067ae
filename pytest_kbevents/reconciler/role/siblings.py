"""What other Events say: a Pod's newest claims, out of the cache of Events."""

from __future__ import annotations

from collections.abc import Iterable

from pytest_kbevents.api.objects import Object, key_of, name_of, namespace_of, uid_of
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.controller.cached import IndexedReader
from pytest_kbevents.reconciler import probe_message
from pytest_kbevents.reconciler.role.claim import Claim, is_kbagent_claim, parse

CLAIMS = "claims"
"""The ranking of Events."""
VERSION_BITS = 64
"""What a time takes at most: a version ranks above any time."""


def claims(event: Object) -> Iterable[tuple[str, int, Claim]]:
    """An Event's claim, among those of its Pod that are told by a version or by a time, and among those of its role."""
    claim = _claim(event) if is_kbagent_claim(event) else None
    if claim is None:
        return
    involved = event["involvedObject"]
    place = _place(namespace_of(event), involved.get("name", ""), involved.get("uid", ""))
    yield f"{place} {_sort(claim)}", _rank(claim), claim
    if claim.epoch is None and claim.micros >= 0:
        yield f"{place} as {claim.role}", claim.micros, claim


class Siblings:
    """All Events about a Pod."""

    def __init__(self, cache: IndexedReader) -> None:
        self._cache = cache

    def supersedes(self, pod: Object, event: Object, claim: Claim) -> bool:
        """Whether another Event of this Pod makes a newer claim of the same sort."""
        found = self._cache.greatest(EVENTS, CLAIMS, f"{_of(pod)} {_sort(claim)}")
        return found is not None and found.key != key_of(event) and found.rank > _rank(claim)

    def newest(self, pod: Object, role: str, until: int | None) -> int | None:
        """When the Pod last claimed the role by a time, in microseconds; not looking at times after ``until``."""
        place = f"{_of(pod)} as {role}"
        found = self._cache.greatest(EVENTS, CLAIMS, place)
        if found is None or until is None or found.rank <= until:
            return None if found is None else found.rank
        return max(
            (each.rank for each in self._cache.ranked(EVENTS, CLAIMS, place) if each.rank <= until), default=None
        )


def _of(pod: Object) -> str:
    return _place(namespace_of(pod), name_of(pod), uid_of(pod))


def _place(namespace: str, name: str, uid: str) -> str:
    return f"{namespace}/{name} {uid}"


def _sort(claim: Claim) -> str:
    return "by time" if claim.epoch is None else "by version"


def _rank(claim: Claim) -> int:
    return claim.micros if claim.epoch is None else (claim.epoch << VERSION_BITS) + claim.micros


def _claim(event: Object) -> Claim | None:
    try:
        message = probe_message.decode(event.get("message") or "")
    except ValueError:
        return None
    return parse(message.output, event) if message.code == 0 else None
