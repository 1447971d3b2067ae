"""Role Events as the 1.0 line reads them: every message is a snapshot of Pods, versions are compared as text."""

from __future__ import annotations

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
from pytest_kbevents.reconciler.outcome import Outcome, handled, ignored, skipped
from pytest_kbevents.reconciler.role.legacy_message import PodRole, is_role_event, roles


class SnapshotRoleHandler:
    """Labels each Pod of a snapshot, in order, and stops at the first that is gone, replaced or newer."""

    def __init__(self, cache: Reader, live: Writer) -> None:
        self._cache = cache
        self._live = live

    def handle(self, event: Object) -> Outcome:
        """Raises NotFound when a Pod or its InstanceSet is gone, Conflict when a Pod changed meanwhile."""
        if not is_role_event(event):
            return ignored("not a role Event")
        mark = f"count-{event.get('count') or 0}"
        if annotations_of(event).get(ROLE_HANDLED_ANNOTATION) == mark:
            return skipped("handled before")
        try:
            found = roles(event)
        except ValueError as error:
            return skipped(f"the message cannot be read: {error}")
        applied = self._apply(found, namespace_of(event))
        patch = {"metadata": {"annotations": {ROLE_HANDLED_ANNOTATION: mark}}}
        self._live.patch(EVENTS, namespace_of(event), name_of(event), patch)
        return handled(f"{applied} of {len(found)} Pods")

    def _apply(self, found: list[PodRole], namespace: str) -> int:
        for done, role in enumerate(found):
            pod = self._cache.get(PODS, namespace, role.pod)
            if uid_of(pod) != role.uid or _is_stale(pod, role.version):
                return done
            workload = self._cache.get(INSTANCE_SETS, namespace, labels_of(pod).get(INSTANCE_SET_LABEL, ""))
            after = with_label(pod, ROLE_LABEL, _declared(workload, role.role))
            self._live.update(PODS, with_annotation(after, ROLE_TIME_ANNOTATION, role.version))
        return len(found)


def _is_stale(pod: Object, version: str) -> bool:
    known = annotations_of(pod).get(ROLE_TIME_ANNOTATION)
    return known is not None and ":" not in known and version <= known


def _declared(workload: Object, role: str) -> str | None:
    """The role as ``spec.roles`` spells it; None when it is not there."""
    names = [str(item.get("name", "")) for item in (workload.get("spec") or {}).get("roles") or []]
    return next((name for name in names if name.lower() == role.lower()), None)
