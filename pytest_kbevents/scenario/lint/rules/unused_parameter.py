"""Parameters that their group does not use."""

from __future__ import annotations

from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.groups import groups
from pytest_kbevents.scenario.lint.names import names_in
from pytest_kbevents.scenario.lint.rule import Found, rule


@rule("unused-parameter", "warning", in_every_case=True, needs_cluster=False)
def unused_parameter(case: Case) -> Found:
    """A parameter that no step of its group uses."""
    for group in groups(case):
        used = names_in(group.data.get("steps"))
        for name, at in group.parameters():
            if name not in used:
                yield at, f"no step of the group {group.name!r} uses its parameter {name!r}: take it away"
