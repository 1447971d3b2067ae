"""All subjects, by the key they are recognised by."""

from __future__ import annotations

from pytest_kbevents.scenario.subjects.component import ComponentAvailable
from pytest_kbevents.scenario.subjects.holders import TwoHolders
from pytest_kbevents.scenario.subjects.object import ObjectMatches
from pytest_kbevents.scenario.subjects.pod import PodRole
from pytest_kbevents.scenario.subjects.recorded import Recorded
from pytest_kbevents.scenario.subjects.replica import Replica
from pytest_kbevents.scenario.subjects.service import ServiceRoutes
from pytest_kbevents.scenario.subjects.subject import Subject
from pytest_kbevents.scenario.subjects.tasks import Tasks
from pytest_kbevents.scenario.subjects.told import Told

SUBJECTS: dict[str, type[Subject]] = {
    subject.key: subject
    for subject in (
        ServiceRoutes,
        PodRole,
        ComponentAvailable,
        Tasks,
        Replica,
        Told,
        Recorded,
        ObjectMatches,
        TwoHolders,
    )
}
