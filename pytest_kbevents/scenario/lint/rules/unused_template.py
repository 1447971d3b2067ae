"""Event templates that no step uses."""

from __future__ import annotations

from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.groups import written_events
from pytest_kbevents.scenario.lint.names import undeclared
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.operations.event import Event


@rule("unused-template", "warning", in_every_case=True)
def unused_template(case: Case) -> Found:
    """A scenario's own Event template that no `event` names."""
    used = {str(event.get("template", "")) for event in written_events(case)}
    if any(map(undeclared, used)):
        if case.is_open(Event):
            return
        used |= {operation.template for _, operation in case.turns_of(Event)}
    for name in case.spec.get("templates") or ():
        if name not in used:
            at = case.document.key_position(("spec", "templates", name))
            yield at, f"no event uses the template {name!r}: take it away"
