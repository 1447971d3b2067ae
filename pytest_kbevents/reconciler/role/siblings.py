"""What other Events say: a Pod's newest claim, out of the cache of Events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pytest_kbevents.api.objects import Object, key_of, name_of, namespace_of, uid_of
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.client.protocols import IndexedReader
from pytest_kbevents.reconciler import probe_message
from pytest_kbevents.reconciler.role.claim import Claim, is_kbagent_claim, parse

BY_POD = "by Pod"
"""The index of Events."""


def by_pod(event: Object) -> Iterable[str]:
    """An Event is found by the Pod that it is about."""
    involved = event.get("involvedObject") or {}
    if involved.get("kind") == "Pod":
        yield f"{namespace_of(event)}/{involved.get('name', '')}"


class Siblings:
    """All Events about a Pod."""

    def __init__(self, cache: IndexedReader) -> None:
        self._cache = cache

    def supersedes(self, pod: Object, event: Object, claim: Claim) -> bool:
        """Whether another Event of this Pod makes a newer claim of the same sort."""
        return any(
            (other.epoch is None) == (claim.epoch is None) and _age(other) > _age(claim)
            for found, other in self._claims(pod)
            if key_of(found) != key_of(event)
        )

    def newest(self, pod: Object, role: str, until: int | None) -> int | None:
        """When the Pod last claimed the role by a time, in microseconds; not looking at times after ``until``."""
        times = [
            claim.micros
            for _, claim in self._claims(pod)
            if claim.epoch is None
            and claim.role == role
            and claim.micros >= 0
            and (until is None or claim.micros <= until)
        ]
        return max(times, default=None)

    def _claims(self, pod: Object) -> Iterator[tuple[Object, Claim]]:
        for event in self._cache.by_index(EVENTS, BY_POD, f"{namespace_of(pod)}/{name_of(pod)}"):
            if is_kbagent_claim(event) and event["involvedObject"].get("uid") == uid_of(pod):
                claim = _claim(event)
                if claim is not None:
                    yield event, claim


def _claim(event: Object) -> Claim | None:
    try:
        message = probe_message.decode(event.get("message") or "")
    except ValueError:
        return None
    return parse(message.output, event) if message.code == 0 else None


def _age(claim: Claim) -> tuple[int, int]:
    return claim.epoch or 0, claim.micros
