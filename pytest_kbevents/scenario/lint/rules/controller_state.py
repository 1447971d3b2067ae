"""Controllers that are started while they run."""

from __future__ import annotations

from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.lint.turn import Turn
from pytest_kbevents.scenario.operations.controller import Controller
from pytest_kbevents.scenario.operations.parallel import Parallel


@rule("controller-state", "error")
def controller_state(case: Case) -> Found:
    """The controller is started while it runs, or stopped while it is stopped: nothing comes of that."""
    runs: bool | None = True
    for turn in case.line:
        if turn.verb == Parallel.verb and any(map(_is_aside, case.turns)):
            runs = None
        if turn.verb != Controller.verb:
            continue
        if not isinstance(turn.operation, Controller):
            runs = None
            continue
        do = turn.operation.do
        if do == "start" and runs:
            yield (
                turn.step.position,
                "start: the controller runs already, and goes on as it is: say restart, or stop it before",
            )
        if do == "stop" and runs is False:
            yield turn.step.position, "stop: the controller is stopped already: take this step away"
        runs = {"start": True, "restart": True, "stop": False}.get(do, runs)


def _is_aside(turn: Turn) -> bool:
    return turn.aside and turn.verb == Controller.verb
