"""availableProbe Events: each is a result of one Pod, by which its component is judged anew."""

from __future__ import annotations

from pytest_kbevents.api.messages import ProbeMessage
from pytest_kbevents.api.names import AVAILABLE_PROBE
from pytest_kbevents.api.objects import Object, namespace_of
from pytest_kbevents.api.resources import COMPONENTS
from pytest_kbevents.client.protocols import ReaderWriter
from pytest_kbevents.clock import Clock
from pytest_kbevents.controller.cached import IndexedReader
from pytest_kbevents.reconciler import probe_message
from pytest_kbevents.reconciler.agent_event import knows_pod, reports
from pytest_kbevents.reconciler.available import window
from pytest_kbevents.reconciler.available.case import Case, Cases
from pytest_kbevents.reconciler.available.judge import Judge
from pytest_kbevents.reconciler.available.newest_events import NewestEvents
from pytest_kbevents.reconciler.available.probe_result import result_of
from pytest_kbevents.reconciler.outcome import Outcome, ignored, skipped
from pytest_kbevents.reconciler.poison import consumed, unreadable
from pytest_kbevents.reconciler.releases import Behaviours


class AvailableHandler:
    """Moves the condition Available. Reads come from ``cache``, but for those before a guarded write."""

    def __init__(self, cache: IndexedReader, live: ReaderWriter, clock: Clock, behaviours: Behaviours) -> None:
        self._cache = cache
        self._live = live
        self._clock = clock
        self._behaviours = behaviours
        self._cases = Cases(cache, behaviours)
        self._events = NewestEvents(cache, behaviours)
        self._judge = Judge(live, clock, behaviours)

    def handle(self, event: Object) -> Outcome:
        """Raises NotFound when what judges the component is not there, NotNow when it cannot be judged as yet."""
        if not reports(event, AVAILABLE_PROBE):
            return ignored("not an availableProbe of kbagent")
        try:
            message = probe_message.decode(event.get("message") or "")
        except ValueError as error:
            return unreadable(event, error, self._behaviours)
        if self._behaviours.knows_pods and not knows_pod(event, self._cache, self._live):
            return skipped("the Pod is gone, or another one has its name")
        component = self._component(namespace_of(event), message.instance)
        try:
            case = self._cases.of(component)
        except ValueError as error:
            return consumed(component, "UnusablePolicy", f"the policy cannot be judged: {error}", self._behaviours)
        if case is None:
            return skipped("the component's policy asks no probes")
        if self._behaviours.window_from_events:
            return self._by_events(case)
        return self._by_status(case, event, message)

    def _component(self, namespace: str, name: str) -> Object:
        """Live where the write is guarded, and before the results are read: a conflict then tells of newer ones."""
        cached = self._cache.get(COMPONENTS, namespace, name)
        return self._live.get(COMPONENTS, namespace, name) if self._behaviours.guards_status else cached

    def _by_events(self, case: Case) -> Outcome:
        """Judge by what the Pods' Events say now, this one or a newer one."""
        if not self._events.has_begun(case):
            return skipped("no Pod of the component has said anything")
        return self._judge.settle(case, self._events.results(case, self._clock.micros()))

    def _by_status(self, case: Case, event: Object, message: ProbeMessage) -> Outcome:
        """Judge by the results that the status keeps, and this one."""
        before = window.cached(case.component)
        try:
            known = window.decode(before)
        except ValueError as error:
            text = f"status.message of the component cannot be read: {error}"
            return consumed(case.component, "UnreadableResults", text, self._behaviours)
        after = self._clock.micros() - case.policy.window
        results = window.kept(known, result_of(event, message, self._behaviours), case.pods, after)
        text = window.encode(results)
        is_same = text == before or (not results and not before)
        return self._judge.settle(case, results, None if is_same else text)
