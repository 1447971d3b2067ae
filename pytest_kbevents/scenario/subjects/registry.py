"""All subjects, by the key they are recognised by."""

from __future__ import annotations

from pytest_kbevents.scenario.subjects.object import ObjectMatches
from pytest_kbevents.scenario.subjects.pod import PodRole
from pytest_kbevents.scenario.subjects.service import ServiceRoutes
from pytest_kbevents.scenario.subjects.subject import Subject

SUBJECTS: dict[str, type[Subject]] = {subject.key: subject for subject in (ServiceRoutes, PodRole, ObjectMatches)}
