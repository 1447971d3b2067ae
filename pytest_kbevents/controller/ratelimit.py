"""How long a failed key waits before it is tried again (client-go: ``workqueue.DefaultControllerRateLimiter``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pytest_kbevents.api.objects import Key
from pytest_kbevents.clock import SECOND, Clock

FIRST_RETRY = SECOND * 5 // 1000
"""5 ms."""
LONGEST_RETRY = 1000 * SECOND
BUCKET_PER_SECOND = 10
BUCKET_BURST = 100


class RateLimiter(Protocol):
    """Decides delays, in microseconds."""

    def when(self, key: Key) -> int:
        """How long this key waits now; asking counts as a failure."""

    def forget(self, key: Key) -> None:
        """The key succeeded."""


class ExponentialBackoff:
    """Per key: 5 ms, doubling, at most 1000 s."""

    def __init__(self) -> None:
        self._failures: dict[Key, int] = {}

    def when(self, key: Key) -> int:
        failures = self._failures.get(key, 0)
        self._failures[key] = failures + 1
        return min(FIRST_RETRY << min(failures, 62), LONGEST_RETRY)

    def forget(self, key: Key) -> None:
        self._failures.pop(key, None)


class SharedBucket:
    """One token bucket for all keys: 10 retries a second, 100 at once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._free_at = clock.micros() - BUCKET_BURST * SECOND // BUCKET_PER_SECOND

    def when(self, key: Key) -> int:
        del key
        interval = SECOND // BUCKET_PER_SECOND
        now = self._clock.micros()
        self._free_at = max(self._free_at, now - BUCKET_BURST * interval) + interval
        return max(0, self._free_at - now)

    def forget(self, key: Key) -> None:
        """A bucket remembers no key."""


class Slowest:
    """The longest of several delays."""

    def __init__(self, limiters: Sequence[RateLimiter]) -> None:
        self._limiters = limiters

    def when(self, key: Key) -> int:
        return max(limiter.when(key) for limiter in self._limiters)

    def forget(self, key: Key) -> None:
        for limiter in self._limiters:
            limiter.forget(key)
