"""What a run came to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pytest_kbevents.environment.world import Cast
from pytest_kbevents.errors import NearMiss, Position
from pytest_kbevents.history.exchange import Exchange
from pytest_kbevents.history.history import History
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.yamltext import flow

Outcome = Literal["done", "held", "failed", "not finished", "not reached"]


@dataclass(frozen=True, slots=True)
class Line:
    """One revision as it is told: its number, the time since the start, who wrote it, and what it did."""

    number: int
    time: str
    writer: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a run failed: the step, the assertion, both sides of it, the revisions that led there, oldest first."""

    position: Position
    verb: str
    problem: str
    expected: Any
    seen: Any
    revisions: tuple[Line, ...]
    last_error: str
    """The newest error of the API server; empty when there was none."""
    used_at: Position | None = None
    """Where the group of steps was used that failed in one of its own."""
    said_at: Position | None = None
    """Where the assertion stands, where that is not at ``position``."""
    vacuous: bool = False
    """Nothing was judged."""
    revision: int | None = None
    """The one that broke it, where one did."""
    micros: int = 0
    """When it was found, since the epoch."""
    nearest: NearMiss | None = None
    """The closest that it came to holding."""
    also: tuple[str, ...] = ()
    """Other assertions that do not hold at the same moment: of one cause, in all likelihood."""
    waiting: tuple[str, ...] = ()
    """What else was waited for, with the time that was left."""


@dataclass(frozen=True, slots=True)
class Told:
    """One step, or one invariant, and what became of it; times in microseconds since the epoch."""

    verb: str
    data: Any
    """What the verb is given, rendered as far as that was known."""
    position: Position
    judges: bool
    outcome: Outcome
    begun: int | None
    ended: int | None

    @property
    def text(self) -> str:
        """In one line of YAML; an invariant in words."""
        return self.data if isinstance(self.data, str) and self.judges else flow({self.verb: self.data})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Passed when there is no finding. ``seconds`` are the world's own time."""

    of: Scenario
    cast: Cast
    opened: int
    """Microseconds since the epoch, when the world began."""
    seconds: float
    history: History
    requests: Sequence[Exchange]
    writer: Callable[[int], str]
    """Who committed a revision; ``""`` when that is not known."""
    steps: tuple[Told, ...]
    invariants: tuple[Told, ...]
    rendered: Mapping[str, Any]
    """The scenario as it was played: groups and templates in it resolved, as far as it came."""
    finding: Finding | None = None
    logs: Mapping[str, str] = field(default_factory=dict)
    """The end of what controllers and agents that are processes of their own have written, by who they are: of a run
    that failed, and of a controller that was run beside it.
    """

    @property
    def scenario(self) -> str:
        """Its name."""
        return self.of.name

    @property
    def release(self) -> str:
        """Whose behaviour it was run with."""
        return self.cast.release

    @property
    def contradiction(self) -> str:
        """How this is not what the scenario says of the release, for the reason that it gives; ``""`` when it is."""
        said = self.of.says_of(self.release)
        problem = "" if self.finding is None else self.finding.problem
        if said != "fails" or self.of.releases is None:
            return problem if said == "passes" else ""
        if not problem:
            return "it passes, and is said to fail"
        breaks = self.of.releases.breaks
        if breaks and not problem.startswith(tuple(breaks)):
            return f"it fails for another reason than is said ({'; '.join(breaks)}): {problem}"
        return ""

    @property
    def passed(self) -> bool:
        """Whether every assertion held."""
        return self.finding is None
