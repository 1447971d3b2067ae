"""What a kb-agent's Event says about a probe, once out of its JSON."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProbeMessage:
    """Outcome of one probe (the facts: event-pipeline.md section 1). ``output`` is what the action wrote, as bytes."""

    instance: str = ""
    probe: str = ""
    code: int = 0
    output: bytes = b""
    message: str = ""
