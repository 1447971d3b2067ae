"""``never``: what must not be so at any revision of the whole run."""

from __future__ import annotations

from collections.abc import Callable

from pytest_kbevents.clock import SECOND
from pytest_kbevents.errors import JudgementFailed
from pytest_kbevents.history.history import History
from pytest_kbevents.history.holders import Overlap, TwoHolders
from pytest_kbevents.scenario.schema import NeverModel


class Never:
    """One invariant over one history."""

    def __init__(self, model: NeverModel, history: History) -> None:
        self._model = model
        self._holders = TwoHolders(history, model.two_holders_of)

    def broken(self, now: int) -> Overlap | None:
        """The first overlap that lasted too long, as far as is known at ``now``."""
        limit = self._model.longer_than
        overlaps = self._holders.overlaps()
        return next((overlap for overlap in overlaps if limit == 0 or overlap.lasted(now) > limit), None)

    def decided_at(self) -> int | None:
        """When an overlap that still lasts will have lasted too long; None when there is none."""
        return max(
            (
                overlap.since.micros + self._model.longer_than
                for overlap in self._holders.overlaps()
                if not overlap.until
            ),
            default=None,
        )

    def raise_broken(self, now: int, told: Callable[[int], str]) -> None:
        """Raises JudgementFailed, with the revision and the time."""
        overlap = self.broken(now)
        if overlap is None:
            return
        since = f"from revision {overlap.since.number} at {told(overlap.since.micros)}"
        until = (
            f"to revision {overlap.until.number} at {told(overlap.until.micros)}" if overlap.until else "and still so"
        )
        raise JudgementFailed(
            f"never two_holders_of {self._model.two_holders_of}: {' and '.join(overlap.pods)} hold it {since} {until}",
            expected={"holders": f"at most one{self._patience()}"},
            seen={"holders": list(overlap.pods)},
        )

    def raise_vacuous(self) -> None:
        """Raises JudgementFailed when no Pod ever had the role: then nothing was judged."""
        self._holders.overlaps()
        if not self._holders.held:
            role = self._model.two_holders_of
            problem = f"never two_holders_of {role}: no Pod ever held {role}, so that nothing was judged"
            raise JudgementFailed(problem, expected={"holders": "one at some revision"}, seen={"holders": []})

    def _patience(self) -> str:
        limit = self._model.longer_than
        return f", or more for no longer than {limit / SECOND:g}s" if limit else ""
