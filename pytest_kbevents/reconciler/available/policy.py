"""Which policy decides whether a component is available, and whether it is one of probes (rules 2 and 3)."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pytest_kbevents.api import gojson
from pytest_kbevents.api.objects import Object
from pytest_kbevents.clock import SECOND
from pytest_kbevents.reconciler.releases import Behaviours

DEFAULT_PERIOD = 60
SHORTEST_PERIOD = 15
"""Seconds between two reports of a probe that does not say, and of one that says less."""

QUANTIFIERS = ("all", "any", "none", "majority")
"""Of whom an expression demands something; the first that it has counts."""

_WITHOUT_POLICY = "all replicas are available"

_TEXTS = gojson.struct({"equalTo": gojson.text, "contains": gojson.text})
_OWN: gojson.Shape = {"succeed": gojson.boolean, "stdout": _TEXTS, "stderr": _TEXTS}


def _joined(own: gojson.Shape) -> gojson.Shape:
    """What has demands of its own, or joins others of the same kind, which join no more."""
    nested = gojson.struct(own)
    return {**own, "and": gojson.array(nested), "or": gojson.array(nested), "not": nested}


_ASSERTION = gojson.struct({"strict": gojson.boolean, **_joined(_OWN)})
_CONDITION = gojson.struct(_joined(dict.fromkeys(QUANTIFIERS, _ASSERTION)))
_WITH_PROBE = gojson.struct(
    {"timeWindowSeconds": gojson.int32, "condition": _CONDITION, "description": gojson.text},
)
_AVAILABLE = gojson.struct({"withPhases": gojson.text, "withRole": gojson.text, "withProbe": _WITH_PROBE})
_ACTIONS = gojson.struct({"availableProbe": gojson.struct({"periodSeconds": gojson.int32})})
_SPEC: gojson.Shape = {"available": _AVAILABLE, "lifecycleActions": _ACTIONS}
"""As much of a ComponentDefinition as matters here."""


@dataclass(frozen=True, slots=True)
class ProbePolicy:
    """``condition`` is the tree of the definition, ``window`` how long a result counts, in microseconds."""

    condition: Object
    window: int
    description: str = ""


def probe_policy(definition: Object, behaviours: Behaviours) -> ProbePolicy | None:
    """None when the policy asks no probes, and thus is the component controller's.

    Raises:
        ValueError: the definition asks for nothing at all, or for something of the wrong type.
    """
    spec = gojson.decode(json.dumps(definition.get("spec")), _SPEC)
    available, probe = spec.get("available"), spec.get("lifecycleActions", {}).get("availableProbe")
    if available is None:
        everyone = {"all": {"succeed": True, "strict": True}}
        return None if probe is None else ProbePolicy(everyone, default_window(probe), _WITHOUT_POLICY)
    asked = available.get("withProbe", {})
    if "condition" not in asked:
        if _is_left_to_others(available, behaviours):
            return None
        raise ValueError("spec.available has neither phases nor roles nor a condition of probes")
    seconds = asked.get("timeWindowSeconds")
    window = default_window(probe or {}) if seconds is None else seconds * SECOND
    return ProbePolicy(asked["condition"], window, asked.get("description", ""))


def default_window(probe: Object) -> int:
    """Twice the time between two reports of the probe, in microseconds."""
    period = probe.get("periodSeconds", 0)
    return 2 * SECOND * (DEFAULT_PERIOD if period <= 0 else max(period, SHORTEST_PERIOD))


def _is_left_to_others(available: Object, behaviours: Behaviours) -> bool:
    if behaviours.probe_policy_wins and "withProbe" in available:
        return False
    known = ("withPhases", "withRole") if behaviours.role_policy else ("withPhases",)
    return any(policy in available for policy in known)
