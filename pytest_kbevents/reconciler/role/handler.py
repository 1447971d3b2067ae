"""Role Events as the 1.1 line and later read them: kbagent's claims, one Pod each."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

from pytest_kbevents.api.messages import ProbeMessage
from pytest_kbevents.api.names import CLUSTER_LABEL, COMPONENT_LABEL
from pytest_kbevents.api.objects import Object, labels_of, name_of, namespace_of, uid_of
from pytest_kbevents.api.resources import COMPONENTS, PODS
from pytest_kbevents.client.protocols import Reader, ReaderWriter
from pytest_kbevents.controller.recorder import EventRecorder
from pytest_kbevents.errors import ApiError, NoAnswer, NotFound
from pytest_kbevents.reconciler import probe_message
from pytest_kbevents.reconciler.outcome import Outcome, handled, ignored, skipped
from pytest_kbevents.reconciler.releases import Behaviours
from pytest_kbevents.reconciler.role import plan
from pytest_kbevents.reconciler.role.claim import Claim, is_kbagent_claim, parse
from pytest_kbevents.reconciler.role.owner import Owner, Unowned, resolve
from pytest_kbevents.reconciler.role.plan import Change
from pytest_kbevents.reconciler.role.staleness import accepts


class RoleHandler:
    """Moves role labels. Reads come from ``cache``; writes, and the reads that must not be stale, go to ``live``."""

    def __init__(self, cache: Reader, live: ReaderWriter, recorder: EventRecorder, behaviours: Behaviours) -> None:
        self._cache = cache
        self._live = live
        self._recorder = recorder
        self._behaviours = behaviours
        self._locks: dict[tuple[str, str, str], threading.Lock] = {}
        self._locking = threading.Lock()

    def handle(self, event: Object) -> Outcome:
        """Raises ApiError or NoAnswer when a write failed: the Event comes again."""
        if not is_kbagent_claim(event):
            return ignored("not a roleProbe of kbagent")
        try:
            message = probe_message.decode(event.get("message") or "")
        except ValueError as error:
            return skipped(f"the message cannot be read: {error}")
        try:
            pod = self._claimant(event)
        except NotFound:
            return skipped("the Pod is gone, or another one has its name")
        if message.code != 0:
            self._report_failure(pod, message)
            return skipped(f"the probe failed with code {message.code}")
        claim = parse(message.output, event)
        return skipped("the output is no role") if claim is None else self._apply(claim, pod)

    def _apply(self, claim: Claim, pod: Object) -> Outcome:
        owner = resolve(pod)
        if owner is Unowned.UNKNOWN:
            return ignored(owner.value)
        if isinstance(owner, Unowned):
            return skipped(owner.value)
        if not accepts(pod, claim, self._behaviours):
            return skipped("stale: the Pod has accepted a newer claim")
        try:
            workload = self._cache.get(owner.resource, namespace_of(pod), owner.name)
        except NotFound:
            return skipped(f"{owner.resource.kind} {owner.name} is gone")
        claimant = plan.labelled(pod, claim, workload)
        if not plan.is_exclusive(workload, owner, claim.role):
            self._write(claimant)
            return handled(f"role {claim.role!r}")
        with self._turn(namespace_of(pod), owner):
            return self._take_over(claim, claimant, owner)

    def _turn(self, namespace: str, owner: Owner) -> AbstractContextManager[object]:
        """One take-over of a workload's roles at a time, where the release sees to that."""
        if not self._behaviours.strips_before_it_labels:
            return nullcontext()
        with self._locking:
            return self._locks.setdefault((namespace, owner.resource.qualified, owner.name), threading.Lock())

    def _take_over(self, claim: Claim, claimant: Change, owner: Owner) -> Outcome:
        pod = claimant.before
        strict = self._behaviours.strips_before_it_labels
        if strict and not self._is_there(pod):
            return skipped("the Pod is gone: what it claims stays with its holder")
        holders = (self._live if strict else self._cache).list(
            PODS, namespace_of(pod), plan.holders_selector(owner, claim.role)
        )
        peers = [holder for holder in holders if name_of(holder) != name_of(pod)]
        if (reason := plan.refusal(peers, claim, self._behaviours)) is not None:
            return skipped(reason)
        losers = plan.stripped(peers, claim, self._behaviours)
        if strict:
            self._strip(losers)
            self._write(claimant)
        else:
            self._write(claimant)
            self._strip(losers)
        return handled(f"exclusive role {claim.role!r}")

    def _strip(self, losers: Sequence[Change]) -> None:
        """Write every one that can be written, then raise the first error. A Pod that is gone holds no role."""
        failed: list[ApiError | NoAnswer] = []
        for loser in losers:
            try:
                self._write(loser)
            except NotFound:
                continue
            except (ApiError, NoAnswer) as error:
                failed.append(error)
        if failed:
            raise failed[0]

    def _write(self, change: Change) -> None:
        """Update the Pod, if that changes it."""
        if change.after != change.before:
            self._live.update(PODS, change.after)

    def _is_there(self, pod: Object) -> bool:
        try:
            return uid_of(self._live.get(PODS, namespace_of(pod), name_of(pod))) == uid_of(pod)
        except NotFound:
            return False

    def _claimant(self, event: Object) -> Object:
        """The Pod the Event is about. Raises NotFound when it is gone or another uid has its name."""
        involved = event["involvedObject"]
        pod = self._cache.get(PODS, involved.get("namespace", ""), involved.get("name", ""))
        if uid_of(pod) != involved.get("uid", ""):
            raise NotFound(f'pods "{name_of(pod)}" has another uid')
        return pod

    def _report_failure(self, pod: Object, message: ProbeMessage) -> None:
        if not self._behaviours.reports_failed_role_probe:
            return
        labels = labels_of(pod)
        name = f"{labels.get(CLUSTER_LABEL, '')}-{labels.get(COMPONENT_LABEL, '')}"
        try:
            component = self._cache.get(COMPONENTS, namespace_of(pod), name)
        except NotFound:
            return
        text = (
            f"Failed to execute roleProbe lifecycle action for Component {name}: "
            f"pod {name_of(pod)} reported failure code {message.code}"
        )
        self._recorder.warning(component, "RoleProbeFailed", f"{text}: {message.message}" if message.message else text)
