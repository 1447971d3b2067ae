"""Small rules of kinds that an Event-driven controller only passes by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from pytest_kbevents.api import validity
from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import RBAC
from pytest_kbevents.apiserver.kinds import pod_spec
from pytest_kbevents.apiserver.kinds.rules import Fresh, Moment, Rules
from pytest_kbevents.apiserver.validation.addresses import NO_ADDRESS, is_address
from pytest_kbevents.apiserver.validation.causes import Cause, invalid, required, unsupported
from pytest_kbevents.apiserver.validation.metadata import IMMUTABLE

_SUBJECTS = ("ServiceAccount", "User", "Group")
_MODES = ("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod")


class LeaseRules(Rules):
    """A Lease."""

    creates_on_update = True
    unconditional = False
    reset: ClassVar[tuple[str, ...]] = ()

    def change(self, obj: Fresh, old: Object, moment: Moment) -> None:
        """A Lease has no status."""

    def validate(self, obj: Object) -> Iterator[Cause]:
        spec = obj["spec"]
        if (seconds := spec.get("leaseDurationSeconds", 1)) <= 0:
            yield invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0")
        if (transitions := spec.get("leaseTransitions", 0)) < 0:
            yield invalid("spec.leaseTransitions", transitions, "must be greater than or equal to 0")
        if "holderIdentity" in spec and not spec["holderIdentity"]:
            yield invalid("spec.holderIdentity", "", "must not be empty")


class EndpointsRules(Rules):
    """Endpoints."""

    creates_on_update = True

    def default(self, obj: Fresh) -> None:
        for subset in obj.get("subsets") or ():
            for port in subset.get("ports") or ():
                port.setdefault("protocol", "TCP")

    def warnings(self, obj: Object, old: Object | None = None) -> Iterator[str]:
        yield "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"


class LimitRangeRules(Rules):
    """A LimitRange: what a container may have at most is what it has when it does not say."""

    def default(self, obj: Fresh) -> None:
        for limit in obj["spec"].get("limits") or ():
            if limit.get("type") == "Container":
                own = {**(limit.get("max") or {}), **(limit.get("default") or {})}
                asked = {**own, **(limit.get("min") or {}), **(limit.get("defaultRequest") or {})}
                for field, values in (("default", own), ("defaultRequest", asked)):
                    if values:
                        limit[field] = values


class PodTemplateRules(Rules):
    """A PodTemplate."""

    counts_generations = True

    def default(self, obj: Fresh) -> None:
        pod_spec.default(obj["template"]["spec"])

    def intent(self, obj: Object) -> object:
        return obj.get("template")


class EndpointSliceRules(Rules):
    """An EndpointSlice."""

    counts_generations = True

    def default(self, obj: Fresh) -> None:
        for port in obj.get("ports") or ():
            port.setdefault("name", "")
            port.setdefault("protocol", "TCP")

    def intent(self, obj: Object) -> object:
        return {key: value for key, value in obj.items() if key != "metadata"}

    def validate(self, obj: Object) -> Iterator[Cause]:
        kinds = ("FQDN", "IPv4", "IPv6")
        if not obj.get("addressType"):
            yield required("addressType")
        elif obj["addressType"] not in kinds:
            yield unsupported("addressType", obj["addressType"], kinds)
        elif obj["addressType"] != "FQDN":
            for index, endpoint in enumerate(obj.get("endpoints") or ()):
                for place, address in enumerate(endpoint.get("addresses") or ()):
                    if not is_address(address):
                        yield invalid(f"endpoints[{index}].addresses[{place}]", address, NO_ADDRESS)

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        if obj.get("addressType") != old.get("addressType"):
            yield invalid("addressType", obj.get("addressType"), IMMUTABLE)


class NodeRules(Rules):
    """A Node."""

    creates_on_update = True
    fields: ClassVar[tuple[str, ...]] = ("metadata.name", "spec.unschedulable")

    def admit(self, obj: Fresh, moment: Moment) -> None:
        del moment
        taint = {"key": "node.kubernetes.io/not-ready", "effect": "NoSchedule"}
        if not any(item["key"] == taint["key"] for item in obj["spec"].get("taints") or ()):
            obj["spec"]["taints"] = [*(obj["spec"].get("taints") or ()), taint]


class ServiceAccountRules(Rules):
    """A ServiceAccount."""

    returns_deleted = True


class ClaimRules(Rules):
    """A PersistentVolumeClaim."""

    returns_deleted = True

    def default(self, obj: Fresh) -> None:
        obj["spec"].setdefault("volumeMode", "Filesystem")

    def admit(self, obj: Fresh, moment: Moment) -> None:
        del moment
        _protect(obj, "kubernetes.io/pvc-protection")

    def begin(self, obj: Fresh, moment: Moment) -> None:
        del moment
        obj["status"] = {"phase": "Pending"}

    def validate(self, obj: Object) -> Iterator[Cause]:
        spec = obj["spec"]
        if not spec.get("accessModes"):
            yield required("spec.accessModes", "at least 1 access mode is required")
        for mode in spec.get("accessModes") or ():
            if mode not in _MODES:
                yield unsupported("spec.accessModes", mode, _MODES)
        if "storage" not in (spec.get("resources", {}).get("requests") or {}):
            yield required("spec.resources[storage]")


class VolumeRules(Rules):
    """A PersistentVolume."""

    returns_deleted = True

    def default(self, obj: Fresh) -> None:
        obj["spec"].setdefault("persistentVolumeReclaimPolicy", "Retain")
        obj["spec"].setdefault("volumeMode", "Filesystem")
        if "hostPath" in obj["spec"]:
            obj["spec"]["hostPath"].setdefault("type", "")

    def admit(self, obj: Fresh, moment: Moment) -> None:
        del moment
        _protect(obj, "kubernetes.io/pv-protection")

    def begin(self, obj: Fresh, moment: Moment) -> None:
        obj["status"] = {"phase": "Pending", "lastPhaseTransitionTime": moment.now}


class RoleRules(Rules):
    """A Role; ``ClusterRoleRules`` for the other."""

    namespaced: ClassVar[bool] = True

    reset: ClassVar[tuple[str, ...]] = ()

    def name_problems(self, name: str) -> Iterable[str]:
        return validity.path_segment(name)

    def validate(self, obj: Object) -> Iterator[Cause]:
        for index, rule in enumerate(obj.get("rules") or ()):
            field = f"rules[{index}]"
            if urls := rule.get("nonResourceURLs"):
                problem = "rules cannot apply to both regular resources and non-resource URLs"
                if self.namespaced:
                    problem = "namespaced rules cannot apply to non-resource URLs"
                if self.namespaced or rule.get("apiGroups") or rule.get("resources"):
                    yield invalid(f"{field}.nonResourceURLs", urls, problem)
            elif not rule.get("apiGroups"):
                yield required(f"{field}.apiGroups", "resource rules must supply at least one api group")
            if not urls and not rule.get("resources"):
                yield required(f"{field}.resources", "resource rules must supply at least one resource")
            if not rule.get("verbs"):
                yield required(f"{field}.verbs")


class ClusterRoleRules(RoleRules):
    """A ClusterRole, which may also be about paths."""

    namespaced: ClassVar[bool] = False


class BindingRules(Rules):
    """A RoleBinding or ClusterRoleBinding: what it binds cannot be changed."""

    reset: ClassVar[tuple[str, ...]] = ()
    kinds: ClassVar[tuple[str, ...]] = ("ClusterRole",)

    def name_problems(self, name: str) -> Iterable[str]:
        return validity.path_segment(name)

    def default(self, obj: Fresh) -> None:
        if not obj["roleRef"].get("apiGroup"):
            obj["roleRef"]["apiGroup"] = RBAC
        for subject in obj.get("subjects") or ():
            if subject.get("kind") in ("User", "Group"):
                subject.setdefault("apiGroup", RBAC)

    def validate(self, obj: Object) -> Iterator[Cause]:
        reference = obj["roleRef"]
        if reference.get("apiGroup") != RBAC:
            yield unsupported("roleRef.apiGroup", reference.get("apiGroup"), (RBAC,))
        if reference.get("kind") not in self.kinds:
            yield unsupported("roleRef.kind", reference.get("kind", ""), self.kinds)
        if not reference.get("name"):
            yield required("roleRef.name")
        for index, subject in enumerate(obj.get("subjects") or ()):
            if subject.get("kind") not in _SUBJECTS:
                yield unsupported(f"subjects[{index}].kind", subject.get("kind", ""), _SUBJECTS)
            if not subject.get("name"):
                yield required(f"subjects[{index}].name")
            if (
                subject.get("kind") == "ServiceAccount"
                and not subject.get("namespace")
                and self.kinds == ("ClusterRole",)
            ):
                yield required(f"subjects[{index}].namespace")

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        if obj["roleRef"] != old["roleRef"]:
            names = {"apiGroup": "APIGroup", "kind": "Kind", "name": "Name"}
            yield invalid("roleRef", {names[key]: obj["roleRef"].get(key, "") for key in names}, IMMUTABLE)


class RoleBindingRules(BindingRules):
    """A RoleBinding may bind either kind of role."""

    kinds: ClassVar[tuple[str, ...]] = ("Role", "ClusterRole")


def _protect(obj: Fresh, finalizer: str) -> None:
    finalizers = obj["metadata"].get("finalizers") or []
    if finalizer not in finalizers:
        obj["metadata"]["finalizers"] = [*finalizers, finalizer]
