"""All verbs: what does something, and what judges."""

from __future__ import annotations

from pytest_kbevents.scenario.judgements.before import Before
from pytest_kbevents.scenario.judgements.counts import AtMost, Exactly
from pytest_kbevents.scenario.judgements.expect import Expect
from pytest_kbevents.scenario.judgements.invariants import Always, Never
from pytest_kbevents.scenario.judgements.stays import Stays
from pytest_kbevents.scenario.judgements.unchanged import Unchanged
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.operations.advance import Advance
from pytest_kbevents.scenario.operations.agent import Agent
from pytest_kbevents.scenario.operations.apply import Apply
from pytest_kbevents.scenario.operations.bind import Bind
from pytest_kbevents.scenario.operations.component import Component
from pytest_kbevents.scenario.operations.controller import Controller
from pytest_kbevents.scenario.operations.delete import Delete
from pytest_kbevents.scenario.operations.event import Event
from pytest_kbevents.scenario.operations.fault import Fault
from pytest_kbevents.scenario.operations.node import Node
from pytest_kbevents.scenario.operations.parallel import Parallel
from pytest_kbevents.scenario.operations.patch import Patch
from pytest_kbevents.scenario.operations.pod import Pod
from pytest_kbevents.scenario.operations.probe import Probe
from pytest_kbevents.scenario.operations.run import Run
from pytest_kbevents.scenario.operations.scale import Scale
from pytest_kbevents.scenario.operations.use import Use
from pytest_kbevents.scenario.operations.wait import Wait

_DOING: tuple[type[Operation], ...] = (
    *(Agent, Probe, Event),
    *(Apply, Patch, Delete, Component, Scale, Pod, Node),
    *(Controller, Fault, Wait, Advance),
    *(Bind, Run, Use, Parallel),
)
_JUDGING: tuple[type[Operation], ...] = (Expect, Stays, Never, Always, Before, AtMost, Exactly, Unchanged)

VERBS: dict[str, type[Operation]] = {operation.verb: operation for operation in (*_DOING, *_JUDGING)}
