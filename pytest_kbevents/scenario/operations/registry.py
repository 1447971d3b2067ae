"""All operations, by verb."""

from __future__ import annotations

from pytest_kbevents.scenario.operations.agent import Agent
from pytest_kbevents.scenario.operations.apply import Apply
from pytest_kbevents.scenario.operations.controller import Controller
from pytest_kbevents.scenario.operations.delete import Delete
from pytest_kbevents.scenario.operations.event import Event
from pytest_kbevents.scenario.operations.expect import Expect
from pytest_kbevents.scenario.operations.fault import Fault
from pytest_kbevents.scenario.operations.operation import Operation
from pytest_kbevents.scenario.operations.patch import Patch
from pytest_kbevents.scenario.operations.scale import Scale
from pytest_kbevents.scenario.operations.stays import Stays
from pytest_kbevents.scenario.operations.wait import Wait

VERBS: dict[str, type[Operation]] = {
    operation.verb: operation
    for operation in (Agent, Event, Apply, Patch, Delete, Scale, Controller, Fault, Wait, Expect, Stays)
}
