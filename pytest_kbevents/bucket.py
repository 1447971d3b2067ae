"""How many Events kubelets and client-go let pass about one object: 25 at once, and one more each five minutes
(client-go: ``EventSourceObjectSpamFilter``).
"""

from __future__ import annotations

from pytest_kbevents.clock import SECOND

BURST = 25
INTERVAL = 300 * SECOND


def take(full_at: int, now: int) -> int | None:
    """A token, if one is left: when the bucket is full again after that. A new bucket is full now."""
    taken = max(full_at, now) + INTERVAL
    return None if taken - now > BURST * INTERVAL else taken
