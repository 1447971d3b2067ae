"""What can be seen of one controller while it runs; who does not look pays nothing."""

from __future__ import annotations

from typing import Literal, Protocol

ResultName = Literal["success", "requeue_after", "error"]
"""How a reconcile ended (controller-runtime: the label ``result``)."""


class Observer(Protocol):
    """Told of one controller's queue and workers, on whatever thread it happens: it must be quick and never raise."""

    def added(self) -> None:
        """A key came to the queue that was not in it."""

    def retried(self) -> None:
        """A key is to come again later: it failed, or asked for it."""

    def taken(self, waited: float) -> None:
        """A worker took a key that was in the queue for so many seconds."""

    def done(self, result: ResultName, seconds: float) -> None:
        """The worker is through with it, after so many seconds."""
