"""Values that no template uses."""

from __future__ import annotations

from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.names import names_in
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.scenario import VALUES


@rule("unused-value", "warning", in_every_case=True, needs_cluster=False)
def unused_value(case: Case) -> Found:
    """A value that no template uses."""
    values = case.scenario.values
    used = names_in([values[name] for name in values])
    used |= names_in([step.data for step in (*case.scenario.lasting, *case.own_steps())])
    for name in values:
        if name not in used:
            yield case.document.key_position((*VALUES, name)), f"the value {name!r} is used by nothing: take it away"
