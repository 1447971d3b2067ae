"""Roles that the component does not have."""

from __future__ import annotations

from pytest_kbevents.api.names import ROLE_LABEL
from pytest_kbevents.scenario.judgements.before import Before
from pytest_kbevents.scenario.judgements.expect import Expect
from pytest_kbevents.scenario.judgements.invariants import Always
from pytest_kbevents.scenario.judgements.stays import Stays
from pytest_kbevents.scenario.lint.asked import asked
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.operations.apply import Apply
from pytest_kbevents.scenario.operations.patch import Patch
from pytest_kbevents.scenario.operations.run import Run
from pytest_kbevents.scenario.subjects.pod import PodRole

_ASSERTING = (Expect, Stays, Always, Before)


@rule("undeclared-role", "warning")
def undeclared_role(case: Case) -> Found:
    """A Pod is to have a role that the cluster does not declare: such a role gets no label."""
    declared = {role.name.lower() for role in case.workload.roles}
    if _is_changed(case):
        return
    for turn in case.judging:
        for found in asked(turn) if isinstance(turn.operation, _ASSERTING) else ():
            role = found.subject.role if isinstance(found.subject, PodRole) else None
            if isinstance(role, str) and role.lower() not in declared:
                roles = ", ".join(each.name for each in case.workload.roles) or "none"
                yield (
                    found.at("role"),
                    f"the cluster does not declare the role {role!r}: declare it, or name one of: {roles}",
                )


def _is_changed(case: Case) -> bool:
    """Whether a step may declare roles, or write a label itself."""
    if case.is_open(Patch, Apply) or case.uses(Run):
        return True
    written = [(apply.kind, apply.model_dump()) for _, apply in case.turns_of(Apply)]
    written += [(patch.kind, patch.patch) for _, patch in case.turns_of(Patch)]
    return any("roles" in (data.get("spec") or {}) or _labels(data).get(ROLE_LABEL) for _, data in written)


def _labels(data: dict[str, object]) -> dict[str, object]:
    metadata = data.get("metadata")
    labels = metadata.get("labels") if isinstance(metadata, dict) else None
    return labels if isinstance(labels, dict) else {}
