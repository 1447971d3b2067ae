"""Role Events as 0.9, 1.0 and the first betas of 1.1 read them: a message is a snapshot of Pods, versions are text."""

from __future__ import annotations

from functools import partial

from pytest_kbevents.api import mergepatch
from pytest_kbevents.api.names import INSTANCE_SET_LABEL, ROLE_HANDLED_ANNOTATION, ROLE_LABEL, ROLE_TIME_ANNOTATION
from pytest_kbevents.api.objects import (
    Object,
    annotations_of,
    labels_of,
    name_of,
    namespace_of,
    uid_of,
    with_annotation,
    with_label,
)
from pytest_kbevents.api.resources import EVENTS, INSTANCE_SETS, PODS
from pytest_kbevents.client.protocols import Reader, Writer
from pytest_kbevents.reconciler.agent_event import involved
from pytest_kbevents.reconciler.event_reconciler import count_of
from pytest_kbevents.reconciler.outcome import Outcome, handled, ignored, skipped
from pytest_kbevents.reconciler.releases import Behaviours
from pytest_kbevents.reconciler.role import plan
from pytest_kbevents.reconciler.role.attempts import attempt_all
from pytest_kbevents.reconciler.role.legacy_message import PodRole, is_role_event, roles
from pytest_kbevents.reconciler.role.owner import Owner


class SnapshotRoleHandler:
    """Labels each Pod of a snapshot, in order, and stops at the first that is gone, replaced or newer."""

    def __init__(self, cache: Reader, live: Writer, behaviours: Behaviours) -> None:
        self._cache = cache
        self._live = live
        self._behaviours = behaviours

    def handle(self, event: Object) -> Outcome:
        """Raises NotFound when a Pod or its InstanceSet is gone, Conflict when a Pod changed meanwhile."""
        if not is_role_event(event, self._behaviours):
            return ignored("not a role Event")
        mark = f"count-{count_of(event)}"
        if annotations_of(event).get(ROLE_HANDLED_ANNOTATION) == mark:
            return skipped("handled before")
        try:
            found = roles(event, self._behaviours)
        except ValueError as error:
            if self._behaviours.marks == "none":  # then this handler's mark is the only one there is
                self._mark(event, mark)
            return skipped(f"the message cannot be read: {error}")
        applied = self._apply(found, event)
        self._mark(event, mark)
        return handled(f"{applied} of {len(found)} Pods")

    def _mark(self, event: Object, mark: str) -> None:
        if self._behaviours.deletes_role_events:
            self._live.delete(EVENTS, namespace_of(event), name_of(event))
            return
        patch = {"metadata": {"annotations": {ROLE_HANDLED_ANNOTATION: mark}}}
        self._live.patch(EVENTS, namespace_of(event), name_of(event), patch)

    def _apply(self, found: list[PodRole], event: Object) -> int:
        namespace = namespace_of(event)
        for done, role in enumerate(found):
            pod = self._cache.get(PODS, namespace, role.pod)
            uid = involved(event).get("uid", "") if self._behaviours.snapshots_have_one_uid else role.uid
            if uid_of(pod) != uid or self._is_stale(pod, role.version):
                return done
            workload = self._cache.get(INSTANCE_SETS, namespace, self._workload(pod))
            after = plan.labelled(pod, role.role, workload, self._behaviours)
            self._write(pod, with_annotation(after, ROLE_TIME_ANNOTATION, role.version))
            if plan.is_exclusive(workload, Owner(INSTANCE_SETS, name_of(workload)), role.role, self._behaviours):
                self._strip(pod, role, name_of(workload))
        return len(found)

    def _workload(self, pod: Object) -> str:
        if self._behaviours.workloads_by_pod_name:
            return name_of(pod).rpartition("-")[0]
        return labels_of(pod).get(INSTANCE_SET_LABEL, "")

    def _write(self, before: Object, after: Object) -> None:
        if not self._behaviours.patches_roles:
            self._live.update(PODS, after)
            return
        change = mergepatch.difference(before, after)
        if change:
            self._live.patch(PODS, namespace_of(before), name_of(before), change)

    def _is_stale(self, pod: Object, version: str) -> bool:
        known = annotations_of(pod).get(ROLE_TIME_ANNOTATION)
        if known is None or self._behaviours.role_versions == "none":
            return False
        return version <= known and (":" not in known or self._behaviours.role_versions == "text")

    def _strip(self, pod: Object, role: PodRole, workload: str) -> None:
        """Take the role from its other holders; where the release guards it, those whose own claim is newer keep it."""
        guarded = self._behaviours.exclusive_roles == "guarded"
        bare = [
            with_label(peer, ROLE_LABEL, None)
            for peer in self._cache.list(PODS, namespace_of(pod), plan.holders_selector(workload, role.role.lower()))
            if name_of(peer) != name_of(pod) and not (guarded and self._is_stale(peer, role.version))
        ]
        after = [with_annotation(peer, ROLE_TIME_ANNOTATION, role.version) for peer in bare] if guarded else bare
        attempt_all(partial(self._live.update, PODS, peer) for peer in after)
