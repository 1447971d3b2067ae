"""Kinds that make Pods from a template: Deployments, StatefulSets, ReplicaSets, DaemonSets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from pytest_kbevents.api.objects import Object, annotations_of
from pytest_kbevents.apiserver.kinds import pod_spec
from pytest_kbevents.apiserver.kinds.rules import COMMON_FIELDS, Fresh, Moment, Rules
from pytest_kbevents.apiserver.validation import metadata
from pytest_kbevents.apiserver.validation.causes import Cause, forbidden, invalid, required, unsupported
from pytest_kbevents.apiserver.validation.metadata import IMMUTABLE

_STRATEGIES = ("Recreate", "RollingUpdate")
_MISMATCH = "`selector` does not match template `labels`"
_STATEFUL_SET_FIXED = ("selector", "volumeClaimTemplates", "serviceName", "podManagementPolicy")
_STATEFUL_SET_FREE = frozenset(
    {
        *("replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "minReadySeconds"),
        "persistentVolumeClaimRetentionPolicy",
    }
)
_STATEFUL_SET_UPDATES = (
    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
    "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"
)


class WorkloadRules(Rules):
    """A selector, a template, and as a rule a number of replicas."""

    counts_generations = True
    first_status: ClassVar[Mapping[str, Any]] = {}
    replicated: ClassVar[bool] = True
    counted: ClassVar[tuple[str, ...]] = ()
    """Fields of the status that count some of its replicas."""

    def default(self, obj: Fresh) -> None:
        spec = obj["spec"]
        if self.replicated:
            spec.setdefault("replicas", 1)
        template = spec.get("template")
        if template is not None:
            pod_spec.default(template["spec"])

    def begin(self, obj: Fresh, moment: Moment) -> None:
        del moment
        obj["status"] = dict(self.first_status)

    def change(self, obj: Fresh, old: Object, moment: Moment) -> None:
        del moment
        obj["status"] = old["status"]

    def validate(self, obj: Object) -> Iterator[Cause]:
        spec = obj["spec"]
        selector = spec.get("selector")
        if selector is None:
            yield required("spec.selector")
        else:
            yield from metadata.labels(selector.get("matchLabels") or {}, "spec.selector.matchLabels")
            if not selector.get("matchLabels") and not selector.get("matchExpressions"):
                yield invalid("spec.selector", selector, self._empty())
        if self.replicated and spec["replicas"] < 0:
            yield invalid("spec.replicas", spec["replicas"], "must be greater than or equal to 0")
        yield from self._template(spec, selector)

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        if obj["spec"].get("selector") != old["spec"].get("selector"):
            yield invalid("spec.selector", obj["spec"].get("selector"), IMMUTABLE)

    def validate_status(self, obj: Object, old: Object) -> Iterator[Cause]:
        status = obj["status"]
        total = status.get("replicas", 0)
        if total < 0:
            yield invalid("status.replicas", total, "must be greater than or equal to 0")
        for field in self.counted:
            count = status.get(field, 0)
            if count < 0:
                yield invalid(f"status.{field}", count, "must be greater than or equal to 0")
            if count > total:
                yield invalid(f"status.{field}", count, "cannot be greater than status.replicas")

    def _template(self, spec: Mapping[str, Any], selector: Mapping[str, Any] | None) -> Iterator[Cause]:
        template = spec.get("template") or {}
        labels = (template.get("metadata") or {}).get("labels") or {}
        wanted = (selector or {}).get("matchLabels") or {}
        missed = any(labels.get(key) != value for key, value in wanted.items())
        if labels and (missed or selector is None):
            yield invalid("spec.template.metadata.labels", labels, _MISMATCH)
        yield from metadata.labels(labels, "spec.template.labels")
        yield from pod_spec.validate(template.get("spec") or {}, "spec.template.spec")
        policy = (template.get("spec") or {}).get("restartPolicy", "Always")
        if policy not in self._policies():
            yield self._wrong_policy(policy)

    def _policies(self) -> tuple[str, ...]:
        return ("Always",)

    def _wrong_policy(self, policy: str) -> Cause:
        return unsupported("spec.template.spec.restartPolicy", policy, self._policies())

    def _empty(self) -> str:
        return "empty selector is invalid for deployment"


class DeploymentRules(WorkloadRules):
    """A Deployment."""

    counted: ClassVar[tuple[str, ...]] = ("updatedReplicas", "readyReplicas", "availableReplicas")

    status_keeps = ("spec", "metadata.labels")

    def default(self, obj: Fresh) -> None:
        super().default(obj)
        spec = obj["spec"]
        _default_strategy(spec.setdefault("strategy", {}), maxUnavailable="25%", maxSurge="25%")
        spec.setdefault("revisionHistoryLimit", 10)
        spec.setdefault("progressDeadlineSeconds", 600)

    def validate(self, obj: Object) -> Iterator[Cause]:
        yield from super().validate(obj)
        strategy = obj["spec"]["strategy"]
        rolling = strategy.get("rollingUpdate") or {}
        if strategy["type"] not in _STRATEGIES:
            shown = {"Type": strategy["type"], "RollingUpdate": strategy.get("rollingUpdate")}
            yield unsupported("spec.strategy", shown, _STRATEGIES)
        elif rolling and all(rolling[field] in (0, "0%") for field in ("maxUnavailable", "maxSurge")):
            at = "spec.strategy.rollingUpdate.maxUnavailable"
            yield invalid(at, rolling["maxUnavailable"], "may not be 0 when `maxSurge` is 0")

    def intent(self, obj: Object) -> Any:
        return obj["spec"], annotations_of(obj)


class StatefulSetRules(WorkloadRules):
    """A StatefulSet: most of its spec cannot be changed."""

    first_status: ClassVar[Mapping[str, Any]] = {"replicas": 0, "availableReplicas": 0}

    def default(self, obj: Fresh) -> None:
        super().default(obj)
        spec = obj["spec"]
        spec.setdefault("podManagementPolicy", "OrderedReady")
        _default_strategy(spec.setdefault("updateStrategy", {}), partition=0, maxUnavailable=1)
        spec.setdefault("revisionHistoryLimit", 10)
        retention = spec.setdefault("persistentVolumeClaimRetentionPolicy", {})
        retention.setdefault("whenDeleted", "Retain")
        retention.setdefault("whenScaled", "Retain")
        for claim in spec.get("volumeClaimTemplates") or ():
            claim |= {"kind": "PersistentVolumeClaim", "apiVersion": "v1"}
            claim["spec"].setdefault("volumeMode", "Filesystem")
            claim["status"] = {"phase": "Pending"}

    def validate(self, obj: Object) -> Iterator[Cause]:
        policy = obj["spec"]["podManagementPolicy"]
        if policy not in ("OrderedReady", "Parallel"):
            yield invalid("spec.podManagementPolicy", policy, "must be 'OrderedReady' or 'Parallel'")
        yield from super().validate(obj)

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        for field in _STATEFUL_SET_FIXED:
            if obj["spec"].get(field) != old["spec"].get(field):
                yield invalid(f"spec.{field}", obj["spec"].get(field), IMMUTABLE)
        others = {*obj["spec"], *old["spec"]} - _STATEFUL_SET_FREE - set(_STATEFUL_SET_FIXED)
        if any(obj["spec"].get(field) != old["spec"].get(field) for field in others):
            yield forbidden("spec", _STATEFUL_SET_UPDATES)

    def _empty(self) -> str:
        return "empty selector is invalid for statefulset"


class ReplicaSetRules(WorkloadRules):
    """A ReplicaSet."""

    first_status: ClassVar[Mapping[str, Any]] = {"replicas": 0}
    fields: ClassVar[tuple[str, ...]] = (*COMMON_FIELDS, "status.replicas")

    def _empty(self) -> str:
        return "empty selector is invalid for deployment"


class DaemonSetRules(WorkloadRules):
    """A DaemonSet."""

    replicated = False
    first_status: ClassVar[Mapping[str, Any]] = {
        "currentNumberScheduled": 0,
        "numberMisscheduled": 0,
        "desiredNumberScheduled": 0,
        "numberReady": 0,
    }

    def default(self, obj: Fresh) -> None:
        super().default(obj)
        spec = obj["spec"]
        _default_strategy(spec.setdefault("updateStrategy", {}), maxUnavailable=1, maxSurge=0)
        spec.setdefault("revisionHistoryLimit", 10)

    def default_metadata(self, obj: Fresh) -> None:
        generation = "deprecated.daemonset.template.generation"
        obj["metadata"]["annotations"] = {**annotations_of(obj), generation: annotations_of(obj).get(generation, "0")}

    def begin(self, obj: Fresh, moment: Moment) -> None:
        super().begin(obj, moment)
        generation = "deprecated.daemonset.template.generation"
        obj["metadata"]["annotations"] = {**annotations_of(obj), generation: "1"}

    def _empty(self) -> str:
        return "empty selector is invalid for daemonset"


class ReplicationControllerRules(WorkloadRules):
    """A ReplicationController: its selector is a plain map."""

    first_status: ClassVar[Mapping[str, Any]] = {"replicas": 0}
    fields: ClassVar[tuple[str, ...]] = (*COMMON_FIELDS, "status.replicas")

    def default(self, obj: Fresh) -> None:
        super().default(obj)
        if labels := self._labels(obj):
            obj["spec"].setdefault("selector", dict(labels))

    def default_metadata(self, obj: Fresh) -> None:
        if labels := self._labels(obj):
            obj["metadata"].setdefault("labels", dict(labels))

    def validate(self, obj: Object) -> Iterator[Cause]:
        if not obj["spec"].get("selector"):
            yield required("spec.selector")
        yield from self._template(obj["spec"], {"matchLabels": obj["spec"].get("selector")})

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        yield from ()

    def _labels(self, obj: Object) -> Mapping[str, str]:
        template = obj["spec"].get("template") or {}
        return (template.get("metadata") or {}).get("labels") or {}


def _default_strategy(strategy: Fresh, **rolling: Any) -> None:
    """A strategy is to roll, and ``rolling`` is how."""
    strategy.setdefault("type", "RollingUpdate")
    if strategy["type"] == "RollingUpdate":
        strategy["rollingUpdate"] = {**rolling, **(strategy.get("rollingUpdate") or {})}
