"""What is known of a scenario before anything runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pytest_kbevents.environment.workload import Workload
from pytest_kbevents.scenario.eventtemplates import EventTemplate


@dataclass(frozen=True, slots=True)
class Plan:
    """The workload, and the Event templates by name."""

    workload: Workload
    templates: Mapping[str, EventTemplate] = field(default_factory=dict)
