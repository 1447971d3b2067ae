"""Who records too much about one object is not written (client-go: ``EventSourceObjectSpamFilter``)."""

from __future__ import annotations

from collections.abc import Hashable

from pytest_kbevents.clock import SECOND
from pytest_kbevents.controller.lru import LeastRecentlyUsed

BURST = 25
INTERVAL = 300 * SECOND
"""A token bucket for each source and object: 25 at once, one more each five minutes."""


class SpamFilter:
    """Remembers the buckets of the last ``most`` keys."""

    def __init__(self, most: int) -> None:
        self._full_at: LeastRecentlyUsed[int] = LeastRecentlyUsed(most)

    def accepts(self, key: Hashable, now: int) -> bool:
        """Whether the key's bucket has a token; takes it."""
        full_at = max(self._full_at.get(key) or now, now) + INTERVAL
        if full_at - now > BURST * INTERVAL:
            return False
        self._full_at.put(key, full_at)
        return True
