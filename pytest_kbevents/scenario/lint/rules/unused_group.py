"""Groups that nothing uses."""

from __future__ import annotations

from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.groups import groups_used_in, own_groups
from pytest_kbevents.scenario.lint.rule import Found, rule


@rule("unused-group", "warning", in_every_case=True)
def unused_group(case: Case) -> Found:
    """A scenario's own group that no `use` names. Groups in files of kind Steps are for others."""
    own = own_groups(case.document)
    used = set(groups_used_in(case.spec["steps"]))
    for group in own:
        used |= set(groups_used_in(group.data.get("steps")))
    for group in own:
        if group.name not in used:
            at = case.document.key_position(group.path)
            yield at, f"the group {group.name!r} is used by nothing: use it, or take it away"
