"""What a kb-agent's Event says about a probe or a task, once out of its JSON."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.api.times import ZERO_MICROS


@dataclass(frozen=True, slots=True)
class ProbeMessage:
    """Outcome of one probe (the facts: event-pipeline.md section 1). ``output`` is what the action wrote, as bytes."""

    instance: str = ""
    probe: str = ""
    code: int = 0
    output: bytes = b""
    message: str = ""


@dataclass(frozen=True, slots=True)
class TaskMessage:
    """State of one replica's task. ``started`` and ``ended`` are microseconds since the epoch, or Go's zero time."""

    instance: str = ""
    task: str = ""
    uid: str = ""
    replica: str = ""
    started: int = ZERO_MICROS
    ended: int = ZERO_MICROS
    code: int = 0
    output: bytes = b""
    message: str = ""

    @property
    def finished(self) -> bool:
        """Whether it has ended, well or not."""
        return self.ended != ZERO_MICROS

    @property
    def succeeded(self) -> bool:
        """Whether it has ended well."""
        return self.finished and self.code == 0
