"""Agents of Pods that are gone."""

from __future__ import annotations

from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.lint.turn import Turn
from pytest_kbevents.scenario.operations.agent import Agent
from pytest_kbevents.scenario.operations.apply import Apply
from pytest_kbevents.scenario.operations.delete import Delete
from pytest_kbevents.scenario.operations.pod import Pod
from pytest_kbevents.scenario.operations.probe import Probe
from pytest_kbevents.scenario.operations.run import Run
from pytest_kbevents.scenario.operations.scale import Scale


@rule("deleted-pod", "error")
def deleted_pod(case: Case) -> Found:
    """The agent of a Pod is told something after the Pod was deleted, and the Pod is not created again."""
    if case.is_open(Apply, Delete, Pod, Scale, Agent, Probe) or case.uses(Run):
        return
    line = list(case.line)
    if any(turn.aside and (_deleted(turn) or _created(turn, "")) for turn in case.turns):
        return
    gone: dict[str, Turn] = {}
    for index, turn in enumerate(line):
        if name := _deleted(turn):
            gone[name] = turn
        for name in [each for each in gone if _created(turn, each)]:
            del gone[name]
        told = turn.operation.pod if isinstance(turn.operation, (Agent, Probe)) else ""
        if told in gone and not any(_created(later, told) for later in line[index:]):
            problem = f"{told} was deleted at {gone[told].step.position}, and nothing creates it again"
            yield turn.at("pod"), f"{problem}: its agent does nothing more"


def _deleted(turn: Turn) -> str:
    """The Pod that it takes away."""
    operation = turn.operation
    if isinstance(operation, Pod) and operation.do == "delete":
        return operation.name
    return operation.name if isinstance(operation, Delete) and operation.kind == "Pod" else ""


def _created(turn: Turn, name: str) -> bool:
    """Whether a Pod is there after it; with no name, whether any may be."""
    operation = turn.operation
    if isinstance(operation, Pod):
        return operation.do in ("create", "recreate") and name in ("", operation.name)
    if isinstance(operation, Apply):
        return operation.kind == "Pod" and name in ("", operation.metadata.name)
    return isinstance(operation, Scale)
