"""Events that are given an id for nothing."""

from __future__ import annotations

from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.groups import written_events
from pytest_kbevents.scenario.lint.names import undeclared
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.operations.event import Event


@rule("unused-id", "warning", in_every_case=True, needs_cluster=False)
def unused_id(case: Case) -> Found:
    """An Event's `id` that no `same_as` names."""
    used = {str(event.get("same_as", "")) for event in written_events(case)}
    if any(map(undeclared, used)):
        return
    for step in case.steps():
        name = step.data.get("id") if step.verb == Event.verb and isinstance(step.data, dict) else None
        if isinstance(name, str) and not undeclared(name) and name not in used:
            yield step.document.position((*step.path, "id")), f"no same_as names the id {name!r}: take it away"
