"""How a process of kbagent ends that cannot go on."""

from __future__ import annotations

from pytest_kbevents.errors import KbEventsError


class Panic(KbEventsError):
    """The process ends with exit code 2 and this text behind ``panic: ``."""
