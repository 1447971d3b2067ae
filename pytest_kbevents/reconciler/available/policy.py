"""Which policy decides whether a component is available, and whether it is one of probes (rules 2 and 3)."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.api.objects import Object
from pytest_kbevents.clock import SECOND
from pytest_kbevents.reconciler.releases import Behaviours

DEFAULT_PERIOD = 60
SHORTEST_PERIOD = 15
"""Seconds between two reports of a probe that does not say, and of one that says less."""

_WITHOUT_POLICY = "all replicas are available"


@dataclass(frozen=True, slots=True)
class ProbePolicy:
    """``condition`` is the tree of the definition, ``window`` how long a result counts, in microseconds."""

    condition: Object
    window: int
    description: str = ""


def probe_policy(definition: Object, behaviours: Behaviours) -> ProbePolicy | None:
    """None when the policy asks no probes, and thus is the component controller's.

    Raises:
        ValueError: the definition asks for nothing at all.
    """
    spec: Object = definition.get("spec") or {}
    available, probe = spec.get("available"), (spec.get("lifecycleActions") or {}).get("availableProbe")
    if available is None:
        everyone = {"all": {"succeed": True, "strict": True}}
        return None if probe is None else ProbePolicy(everyone, default_window(probe), _WITHOUT_POLICY)
    asked = available.get("withProbe") or {}
    if asked.get("condition") is None:
        if _is_left_to_others(available, behaviours):
            return None
        raise ValueError("spec.available has neither phases nor roles nor a condition of probes")
    seconds = asked.get("timeWindowSeconds")
    window = default_window(probe or {}) if seconds is None else seconds * SECOND
    return ProbePolicy(asked["condition"], window, asked.get("description") or "")


def default_window(probe: Object) -> int:
    """Twice the time between two reports of the probe, in microseconds."""
    period = probe.get("periodSeconds") or 0
    return 2 * SECOND * (DEFAULT_PERIOD if period <= 0 else max(period, SHORTEST_PERIOD))


def _is_left_to_others(available: Object, behaviours: Behaviours) -> bool:
    if behaviours.probe_policy_wins and available.get("withProbe") is not None:
        return False
    known = ("withPhases", "withRole") if behaviours.role_policy else ("withPhases",)
    return any(available.get(policy) is not None for policy in known)
