"""What only a controller does, while there is none."""

from __future__ import annotations

from pytest_kbevents.scenario.judgements.before import Before
from pytest_kbevents.scenario.judgements.expect import Expect
from pytest_kbevents.scenario.lint.asked import asked
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.lint.turn import Turn
from pytest_kbevents.scenario.operations.advance import Advance
from pytest_kbevents.scenario.operations.agent import Agent
from pytest_kbevents.scenario.operations.bind import Bind
from pytest_kbevents.scenario.operations.controller import Controller
from pytest_kbevents.scenario.operations.event import Event
from pytest_kbevents.scenario.operations.fault import Fault
from pytest_kbevents.scenario.operations.probe import Probe
from pytest_kbevents.scenario.operations.wait import Wait
from pytest_kbevents.scenario.subjects.component import ComponentAvailable
from pytest_kbevents.scenario.subjects.pod import PodRole
from pytest_kbevents.scenario.subjects.replica import Replica
from pytest_kbevents.scenario.subjects.service import ServiceRoutes
from pytest_kbevents.scenario.subjects.subject import Subject
from pytest_kbevents.scenario.subjects.tasks import Tasks
from pytest_kbevents.scenario.subjects.told import Told

_QUIET = {kind.verb for kind in (Advance, Agent, Bind, Event, Probe, Wait)}
"""They leave what the controller writes alone."""


@rule("stopped-controller", "error")
def stopped_controller(case: Case) -> Found:
    """Something is to become so that only the controller brings about, while it is stopped."""
    if case.uses(Fault):  # a write of its own may still arrive
        return
    for turn in _while_stopped(case):
        if isinstance(turn.operation, (Expect, Before)):
            for found in asked(turn):
                if _needs_controller(found.subject, case):
                    problem = f"{found.subject.sentence()}: only the controller brings that about, and it is stopped"
                    yield found.at(found.subject.key), f"{problem}: start it before"


def _while_stopped(case: Case) -> list[Turn]:
    """Judgements for which nobody but the controller could have done anything since what they are about was judged."""
    found: list[Turn] = []
    stopped, judged = False, True
    for turn in case.line:
        operation = turn.operation
        if turn.judges:
            found += [turn] if stopped else []
        elif isinstance(operation, Controller) and operation.do == "stop":
            stopped = stopped or judged  # of what was done just before, the controller may have seen something
        elif operation is None or turn.verb not in _QUIET:
            stopped = False
        judged = turn.judges
    return found


def _needs_controller(subject: Subject, case: Case) -> bool:
    if isinstance(subject, ServiceRoutes):
        return bool(case.workload.services.get(subject.service))
    if isinstance(subject, PodRole):
        return bool(subject.model_fields_set & {"role", "version", "epoch"})
    if isinstance(subject, Told):
        return "handled" in subject.model_fields_set and subject.handled
    return isinstance(subject, (ComponentAvailable, Replica, Tasks))
