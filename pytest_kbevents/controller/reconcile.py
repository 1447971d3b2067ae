"""The contract of a reconciler (controller-runtime: ``reconcile``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pytest_kbevents.api.objects import Key


@dataclass(frozen=True, slots=True)
class Result:
    """Done. With ``requeue_after``, in microseconds, the same key comes again then, whatever happens meanwhile."""

    requeue_after: int | None = None


DONE = Result()


class Reconciler(Protocol):
    """Brings the world in line with one object."""

    def reconcile(self, key: Key) -> Result:
        """Raising ApiError, NoAnswer or NotNow means: again later, with exponential back-off."""
