"""What each release does: one row a release, one column a behaviour (the facts: bugs.md section 2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviours:
    """One release's row. A behaviour is named by what the release does, and documented where it is declared."""

    workers: int
    """Events worked on side by side (KB-R30)."""
    marks_foreign_events: bool
    """Whether Events of nobody's are annotated as handled too (KB-R02)."""
    role_contract: Literal["snapshot", "claim"]
    """``snapshot``: legacy messages, global snapshots, text versions. ``claim``: kbagent's alone, numbers (KB-R08)."""
    reports_failed_role_probe: bool
    """Whether a failed roleProbe is recorded as a Warning on the Component (KB-R29)."""
    strips_before_it_labels: bool
    """An exclusive role is taken from its old holders before the new one gets it, under one lock a workload and from a
    live list: no revision shows two holders, a retry finds nothing half done (O-02b, O-04, O-17, O-28, O-31)."""
    older_claim_yields: bool
    """A claim older than that of the Pod which holds the exclusive role is dropped (O-02)."""
    untimed_claim_is_oldest: bool
    """An Event without eventTime loses against any known version instead of always winning (O-12)."""
    repeat_restores_label: bool
    """A repeated version gives a lost label back (O-03)."""
    shares_retry_bucket: bool
    """Retries of all Events share one token bucket, so that poison delays the healthy (O-29)."""


_V1_0_0 = Behaviours(
    workers=1,
    marks_foreign_events=True,
    role_contract="snapshot",
    reports_failed_role_probe=False,
    strips_before_it_labels=False,
    older_claim_yields=False,
    untimed_claim_is_oldest=False,
    repeat_restores_label=False,
    shares_retry_bucket=True,
)
_MAIN = replace(
    _V1_0_0,
    workers=8,
    marks_foreign_events=False,
    role_contract="claim",
    reports_failed_role_probe=True,
)
_FIXED = replace(
    _MAIN,
    strips_before_it_labels=True,
    older_claim_yields=True,
    untimed_claim_is_oldest=True,
    repeat_restores_label=True,
    shares_retry_bucket=False,
)

TABLE: dict[str, Behaviours] = {"1.0.0": _V1_0_0, "main": _MAIN, "fixed": _FIXED}
