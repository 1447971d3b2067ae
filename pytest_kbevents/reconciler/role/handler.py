"""Role Events as the 1.1 line and later read them: kbagent's claims, one Pod each."""

from __future__ import annotations

from pytest_kbevents.api.messages import ProbeMessage
from pytest_kbevents.api.names import CLUSTER_LABEL, COMPONENT_LABEL, ROLE_PROBE
from pytest_kbevents.api.objects import Object, labels_of, name_of, namespace_of, uid_of
from pytest_kbevents.api.resources import COMPONENTS, PODS
from pytest_kbevents.client.protocols import ReaderWriter
from pytest_kbevents.clock import Clock
from pytest_kbevents.controller.cached import IndexedReader
from pytest_kbevents.errors import NotFound
from pytest_kbevents.reconciler import probe_message
from pytest_kbevents.reconciler.agent_event import involved, reports
from pytest_kbevents.reconciler.outcome import Announcement, Outcome, handled, ignored, skipped
from pytest_kbevents.reconciler.releases import Behaviours
from pytest_kbevents.reconciler.role import plan
from pytest_kbevents.reconciler.role.claim import Claim, parse
from pytest_kbevents.reconciler.role.owner import Unowned, resolve
from pytest_kbevents.reconciler.role.plan import Change
from pytest_kbevents.reconciler.role.siblings import Siblings
from pytest_kbevents.reconciler.role.staleness import accepts, was_stripped
from pytest_kbevents.reconciler.role.takeover import Takeover


class RoleHandler:
    """Moves role labels. Reads come from ``cache``; writes, and the reads that must not be stale, go to ``live``."""

    def __init__(self, cache: IndexedReader, live: ReaderWriter, clock: Clock, behaviours: Behaviours) -> None:
        self._cache = cache
        self._clock = clock
        self._behaviours = behaviours
        self._siblings = Siblings(cache, clock, behaviours)
        self._takeover = Takeover(cache, live, clock, behaviours)

    def handle(self, event: Object) -> Outcome:
        """Raises ApiError or NoAnswer when a write failed: the Event comes again."""
        if not reports(event, ROLE_PROBE):
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
            return skipped(f"the probe failed with code {message.code}", *self._failure(pod, message))
        claim = parse(message.output, event, self._behaviours)
        return skipped("the output is no role") if claim is None else self._apply(claim, pod, event)

    def _apply(self, claim: Claim, pod: Object, event: Object) -> Outcome:
        owner = resolve(pod)
        if owner is Unowned.UNKNOWN:
            return ignored(owner.value)
        if isinstance(owner, Unowned):
            return skipped(owner.value)
        try:
            workload = self._cache.get(owner.resource, namespace_of(pod), owner.name)
        except NotFound:
            return skipped(f"{owner.resource.kind} {owner.name} is gone")
        exclusive = plan.is_exclusive(workload, owner, claim.role, self._behaviours)
        if not accepts(pod, claim, self._behaviours) and (exclusive or not was_stripped(pod, claim, self._behaviours)):
            return skipped("stale: the Pod has accepted a newer claim")
        if self._behaviours.skips_known_roles and self._siblings.supersedes(pod, event, claim):
            return skipped("stale: another Event of the Pod is newer")
        change = plan.claimant(pod, claim, workload, self._clock.micros(), self._behaviours)
        known = self._is_known(claim, change) and not (exclusive and self._takeover.peers(pod, claim, owner))
        if known and self._takeover.still_says(change):
            return skipped("the Pod has that role already")
        if exclusive:
            return self._takeover.perform(claim, change, owner, workload)
        self._takeover.write(change)
        return handled(f"role {claim.role!r}")

    def _is_known(self, claim: Claim, change: Change) -> bool:
        """Whether the Pod says so in the cache. A version of the database's own is written all the same."""
        return self._behaviours.skips_known_roles and claim.epoch is None and plan.says(change.before, change.after)

    def _claimant(self, event: Object) -> Object:
        """The Pod the Event is about. Raises NotFound when it is gone or another uid has its name."""
        about = involved(event)
        pod = self._cache.get(PODS, about.get("namespace", ""), about.get("name", ""))
        if uid_of(pod) != about.get("uid", ""):
            raise NotFound(f'pods "{name_of(pod)}" has another uid')
        return pod

    def _failure(self, pod: Object, message: ProbeMessage) -> list[Announcement]:
        if not self._behaviours.reports_failed_role_probe:
            return []
        labels = labels_of(pod)
        name = f"{labels.get(CLUSTER_LABEL, '')}-{labels.get(COMPONENT_LABEL, '')}"
        try:
            component = self._cache.get(COMPONENTS, namespace_of(pod), name)
        except NotFound:
            return []
        text = (
            f"Failed to execute roleProbe lifecycle action for Component {name}: "
            f"pod {name_of(pod)} reported failure code {message.code}"
        )
        text = f"{text}: {message.message}" if message.message else text
        return [Announcement(component, "Warning", "RoleProbeFailed", text)]
