"""Who records too much about one object is not written (client-go: ``EventSourceObjectSpamFilter``)."""

from __future__ import annotations

from collections.abc import Hashable

from pytest_kbevents.bucket import take
from pytest_kbevents.controller.lru import LeastRecentlyUsed


class SpamFilter:
    """A bucket for each source and object: those of the last ``most`` keys."""

    def __init__(self, most: int) -> None:
        self._full_at: LeastRecentlyUsed[int] = LeastRecentlyUsed(most)

    def accepts(self, key: Hashable, now: int) -> bool:
        """Whether the key's bucket has a token; takes it."""
        full_at = take(self._full_at.get(key) or now, now)
        if full_at is None:
            return False
        self._full_at.put(key, full_at)
        return True
