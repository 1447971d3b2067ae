"""Names that steps give and no later one uses."""

from __future__ import annotations

from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.names import names_in
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.lint.turn import BINDS, bound_by


@rule("unused-binding", "warning", in_every_case=True, needs_cluster=False)
def unused_binding(case: Case) -> Found:
    """A name that `bind`, or `run` with `bind`, gives and no template uses."""
    used = names_in([step.data for step in case.steps()])
    for step in case.steps():
        name = bound_by(step)
        if name and name not in used:
            at = step.document.position((*step.path, BINDS[step.verb]))
            yield at, f"what is bound as {name!r} is used by nothing: take it away"
