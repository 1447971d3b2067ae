"""What one run of an action's command did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pytest_kbevents.agent.actions.action import Action, Call


@dataclass(frozen=True, slots=True)
class Answer:
    """A command's end. ``exit_code`` is -1 for a signal. ``latency`` is how many microseconds it takes from now: 0 for
    a real command, which has taken its time already.
    """

    output: bytes = b""
    exit_code: int = 0
    stderr: str = ""
    latency: int = 0
    timed_out: bool = False
    """A real command that was killed at its limit, with what it had written; of a scripted one, latency tells."""
    not_started: str = ""
    """Why a real command could not even be started: ``fork/exec <path>: no such file or directory``."""
    cut_after: int | None = None
    """Of a dump: the connection breaks after so many bytes."""

    @property
    def succeeded(self) -> bool:
        """Whether it was started, and ended by itself with exit code 0."""
        return self.exit_code == 0 and not self.timed_out and not self.not_started


@dataclass(frozen=True, slots=True)
class Run:
    """One run: the call it is for, its own arguments, and how many seconds it may take (None: for ever)."""

    action: Action
    call: Call
    arguments: tuple[str, ...] = ()
    limit: int | None = None
    data: bytes | None = None
    """What it reads from its standard input."""
    whole_group: bool = True
    """At its limit all its processes are killed; otherwise the first one, and the others are waited for."""


class Database(Protocol):
    """What an agent's actions talk to."""

    def answers(self, action: str) -> bool:
        """Whether it has been told what to do for that action; a probe waits until then."""

    def run(self, run: Run) -> Answer:
        """Do it."""
