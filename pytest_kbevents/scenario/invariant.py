"""``never`` and ``always``: judged at every revision, from where it is said to the end of the run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pytest_kbevents.clock import SECOND
from pytest_kbevents.errors import JudgementFailed, Position
from pytest_kbevents.history.history import Replay
from pytest_kbevents.history.revision import Revision
from pytest_kbevents.scenario.matching.match import Comparison
from pytest_kbevents.scenario.subjects.subject import Subject

Tell = Callable[[int], str]
"""A time as reports have it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``word`` is never or always; ``patience`` is how long, in microseconds, it is put up with when it is broken;
    ``said_at`` is where it stands.
    """

    word: str
    subject: Subject
    patience: int = 0
    said_at: Position | None = None

    @property
    def text(self) -> str:
        """In words."""
        longer = f", longer than {self.patience / SECOND:g}s" if self.patience else ""
        return f"{self.word} {self.subject.sentence()}{longer}"

    def breaks(self, comparison: Comparison) -> bool:
        """Whether this must not be seen."""
        return comparison.holds == (self.word == "never")


@dataclass(frozen=True, slots=True)
class Breach:
    """From a revision on (None: from the start) it was not as it must be; ``until`` is None while that lasts."""

    since: Revision | None
    micros: int
    seen: Comparison
    until: Revision | None = None

    def lasted(self, now: int) -> int:
        """Microseconds, up to ``now`` if it still lasts."""
        return (self.until.micros if self.until else now) - self.micros


class Invariant:
    """One rule over one history, from where ``replay`` stands."""

    def __init__(self, rule: Rule, replay: Replay, namespace: str, now: int) -> None:
        self.rule = rule
        self.begun = now
        self._replay = replay
        self._namespace = namespace
        self._open: Breach | None = None
        self._closed: list[Breach] = []
        self._look(None, now)

    def broken(self, now: int) -> Breach | None:
        """The first breach that lasted too long, as far as is known at ``now``."""
        for revision in self._replay:
            if revision.resource in self.rule.subject.kinds:
                self._look(revision, revision.micros)
        if self._closed:
            return self._closed[0]
        return self._open if self._open is not None and self._is_too_long(self._open, now) else None

    def decided_at(self) -> int | None:
        """When a breach that still lasts will have lasted too long; None when there is none."""
        return None if self._open is None else self._open.micros + self.rule.patience

    def raise_broken(self, now: int, told: Tell) -> None:
        """Raises JudgementFailed, with the revision and the time."""
        breach = self.broken(now)
        if breach is None:
            return
        number = breach.since.number if breach.since else 0
        since = f"from revision {number} at {told(breach.micros)}" if breach.since else "from the start"
        until = f"to revision {breach.until.number} at {told(breach.until.micros)}" if breach.until else "and still so"
        happening = self.rule.subject.happening(breach.seen) if self.rule.word == "never" else "it is not"
        expected = breach.seen.expected if self.rule.word == "always" else {"never": self.rule.subject.sentence()}
        raise JudgementFailed(
            f"{self._spoken()}: {happening} {since} {until}",
            expected=expected | self._patience() if isinstance(expected, dict) else expected,
            seen=breach.seen.seen,
            revision=number,
            said_at=self.rule.said_at,
        )

    def raise_vacuous(self, existed: Callable[[Subject], bool]) -> None:
        """Raises JudgementFailed when there never was anything to judge; ``existed`` knows of the whole run."""
        if not existed(self.rule.subject):
            name = self.rule.subject.name()
            problem = f"{self._spoken()}: there never was {name}, so that nothing was judged"
            at = self.rule.said_at
            raise JudgementFailed(problem, expected={"there": name}, seen=None, vacuous=True, said_at=at)

    def _look(self, revision: Revision | None, micros: int) -> None:
        state, subject = self._replay.state, self.rule.subject
        seen = subject.observe(state, self._namespace)
        if not self.rule.breaks(seen):
            if self._open is not None:
                closed = Breach(self._open.since, self._open.micros, self._open.seen, revision)
                if self._is_too_long(closed, micros):  # the others are put up with, and there may be many
                    self._closed.append(closed)
                self._open = None
        elif self._open is None:
            self._open = Breach(revision, micros, seen)

    def _is_too_long(self, breach: Breach, now: int) -> bool:
        return not self.rule.patience or breach.lasted(now) > self.rule.patience

    def _spoken(self) -> str:
        return f"{self.rule.word} {self.rule.subject.sentence()}"

    def _patience(self) -> dict[str, str]:
        return {"longer_than": f"{self.rule.patience / SECOND:g}s"} if self.rule.patience else {}
