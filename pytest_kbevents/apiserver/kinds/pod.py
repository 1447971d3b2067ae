"""Pods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.kinds import pod_spec
from pytest_kbevents.apiserver.kinds.rules import COMMON_FIELDS, Fresh, Moment, Rules
from pytest_kbevents.apiserver.validation.causes import Cause, forbidden

_TAINTS = ("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")
TOLERATION_SECONDS = 300
"""How long a Pod stays on a node that is not ready, when it says nothing of that."""
_MUTABLE = (
    "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
    "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
    "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"
)


class PodRules(Rules):
    """A Pod: its spec hardly changes, and on a node it ends only when a kubelet says so."""

    counts_generations = True
    graceful = True
    returns_deleted = True
    status_keeps = ("spec", "metadata.ownerReferences")
    fields: ClassVar[tuple[str, ...]] = (
        *COMMON_FIELDS,
        "spec.nodeName",
        "spec.restartPolicy",
        "spec.schedulerName",
        "spec.serviceAccountName",
        "spec.hostNetwork",
        "status.phase",
        "status.podIP",
        "status.podIPs",
        "status.nominatedNodeName",
    )

    defaulted: ClassVar[Mapping[str, str]] = {"spec.hostNetwork": "=false"}

    def default(self, obj: Fresh) -> None:
        spec = obj["spec"]
        pod_spec.default(spec)
        spec.setdefault("enableServiceLinks", True)
        for address in obj["status"].get("podIPs") or ():
            obj["status"].setdefault("podIP", address["ip"])
        if ip := obj["status"].get("podIP"):
            addresses = obj["status"].get("podIPs") or [{"ip": ip}]
            obj["status"]["podIPs"] = addresses if addresses[0]["ip"] == ip else [{"ip": ip}]

    def admit(self, obj: Fresh, moment: Moment) -> None:
        del moment
        spec = obj["spec"]
        spec.setdefault("priority", 0)
        spec.setdefault("preemptionPolicy", "PreemptLowerPriority")
        tolerations = spec.setdefault("tolerations", [])
        for taint in _TAINTS:
            if not any(_tolerates(item, taint) for item in tolerations):
                exists = {"key": taint, "operator": "Exists", "effect": "NoExecute"}
                tolerations.append({**exists, "tolerationSeconds": TOLERATION_SECONDS})

    def begin(self, obj: Fresh, moment: Moment) -> None:
        del moment
        obj["status"] = {"phase": "Pending", "qosClass": _quality(obj["spec"])}

    def change(self, obj: Fresh, old: Object, moment: Moment) -> None:
        del moment
        obj["status"] = old["status"]

    def validate(self, obj: Object) -> Iterator[Cause]:
        yield from pod_spec.validate(obj["spec"], "spec")

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        for field in ("containers", "initContainers"):
            if len(obj["spec"].get(field) or ()) != len(old["spec"].get(field) or ()):
                yield forbidden(f"spec.{field}", "pod updates may not add or remove containers")
                return
        if _fixed(obj["spec"]) != _fixed(old["spec"]):
            yield forbidden("spec", _MUTABLE)

    def grace(self, obj: Object, asked: int | None) -> int:
        """Nobody has to end what no node has, and what has ended by itself."""
        seconds = obj["spec"].get("terminationGracePeriodSeconds", 30) if asked is None else asked
        if not obj["spec"].get("nodeName") or obj["status"].get("phase") in ("Failed", "Succeeded"):
            return 0
        return max(seconds, 1) if seconds < 0 else int(seconds)


def _tolerates(toleration: dict[str, Any], taint: str) -> bool:
    same = toleration.get("key", "") in (taint, "")
    return same and toleration.get("effect", "") in ("NoExecute", "")


def _fixed(spec: Any) -> dict[str, Any]:
    """What of a spec may not change."""
    fixed = {**spec, "tolerations": None, "activeDeadlineSeconds": None}
    for field in ("containers", "initContainers"):
        if spec.get(field):
            fixed[field] = [{**container, "image": None} for container in spec[field]]
    return fixed


def _quality(spec: Any) -> str:
    """``status.qosClass``, by what its containers ask for."""
    resources = [
        item.get("resources") or {} for part in ("containers", "initContainers") for item in spec.get(part) or ()
    ]
    if not any(item.get("requests") or item.get("limits") for item in resources):
        return "BestEffort"
    sure = all(
        {"cpu", "memory"} <= (item.get("limits") or {}).keys() and item.get("requests") == item["limits"]
        for item in resources
    )
    return "Guaranteed" if sure else "Burstable"
