"""Which objects steps change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.turn import Turn
from pytest_kbevents.scenario.operations.apply import Apply
from pytest_kbevents.scenario.operations.delete import Delete
from pytest_kbevents.scenario.operations.patch import Patch
from pytest_kbevents.scenario.operations.pod import Pod
from pytest_kbevents.scenario.operations.run import Run
from pytest_kbevents.scenario.operations.scale import Scale

Key = tuple[str, str]
"""Kind and name."""


def untouched(case: Case) -> Iterator[Turn]:
    """Steps that write an object which is then as the run began with it, or is not there yet: nothing before them, or
    at the same time, has changed it.
    """
    if case.is_open(Apply, Delete, Patch, Pod) or case.uses(Run):
        return
    touched: set[Key] = {("Pod", name) for name in case.workload.all_pods} if case.uses(Scale) else set()
    often = Counter(filter(None, map(_written, case.turns)))
    for turn in case.turns:
        key = _written(turn)
        if key is None:
            continue
        if key not in touched and not (turn.aside and often[key] > 1):
            yield turn
        touched.add(key)


def _written(turn: Turn) -> Key | None:
    operation = turn.operation
    if isinstance(operation, Apply):
        return operation.kind, operation.metadata.name
    if isinstance(operation, (Delete, Patch)):
        return operation.kind, operation.name
    return ("Pod", operation.name) if isinstance(operation, Pod) else None
