"""Keys of the matrix that no template uses."""

from __future__ import annotations

from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.names import attributes_in
from pytest_kbevents.scenario.lint.rule import Found, rule

_MATRIX = "matrix"


@rule("unused-matrix", "warning", in_every_case=True, needs_cluster=False)
def unused_matrix(case: Case) -> Found:
    """A key of the matrix that no template uses: its cases are all the same."""
    parts = [case.spec.get(part) for part in ("cluster", "description", "values")]
    parts.append(case.document.data["metadata"].get("labels"))
    parts += [step.data for step in (*case.scenario.lasting, *case.own_steps())]
    used = attributes_in(parts, _MATRIX)
    for key in () if used is None else case.scenario.matrix:
        if key not in (used or ()):
            at = case.document.key_position(("spec", _MATRIX, key))
            yield at, f"matrix.{key} is used by nothing, so that its cases are all the same: use it, or take it away"
