"""What the Events themselves say of a component: the newest availableProbe of each of its Pods."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_kbevents.api.messages import ProbeMessage
from pytest_kbevents.api.names import AVAILABLE_PROBE
from pytest_kbevents.api.objects import Object, name_of, namespace_of, uid_of
from pytest_kbevents.api.resources import EVENTS, PODS
from pytest_kbevents.controller.cached import IndexedReader
from pytest_kbevents.controller.ranking import RankFunction
from pytest_kbevents.errors import NotFound
from pytest_kbevents.reconciler import probe_message
from pytest_kbevents.reconciler.agent_event import reports
from pytest_kbevents.reconciler.available import status
from pytest_kbevents.reconciler.available.case import Case
from pytest_kbevents.reconciler.available.probe_result import ProbeResult, result_of
from pytest_kbevents.reconciler.releases import Behaviours

RESULTS = "results"
"""The ranking of Events."""


class NewestEvents:
    """Read from a cache that ranks the Events of each Pod."""

    def __init__(self, cache: IndexedReader, behaviours: Behaviours) -> None:
        self._cache = cache
        self._behaviours = behaviours

    def results(self, case: Case, now: int) -> list[ProbeResult]:
        """One a Pod that is there, by Pod, as far as they lie in the window that ends ``now`` (microseconds)."""
        newest = (self._newest(case, pod) for pod in case.pods)
        return [result for result in newest if result is not None and result.micros > now - case.policy.window]

    def has_begun(self, case: Case) -> bool:
        """Whether a Pod that is there has ever said anything, or once had the component judged: one of which nobody has
        heard yet is not silent.
        """
        judged = status.is_by_probes(case.component, self._behaviours)
        return judged or any(self._newest(case, pod) is not None for pod in case.pods)

    def _newest(self, case: Case, name: str) -> ProbeResult | None:
        namespace = namespace_of(case.component)
        try:
            pod = self._cache.get(PODS, namespace, name)
        except NotFound:
            return None
        found = self._cache.greatest(EVENTS, RESULTS, _place(namespace, name, uid_of(pod), name_of(case.component)))
        return None if found is None else found.said


def results(behaviours: Behaviours) -> RankFunction:
    """The ranking of Events by what a Pod's availableProbe found about a component, the newest first."""

    def ranked(event: Object) -> Iterator[tuple[str, int, ProbeResult]]:
        message = _message(event) if reports(event, AVAILABLE_PROBE) else None
        if message is not None:
            result = result_of(event, message, behaviours)
            yield _place(namespace_of(event), result.pod, result.uid, message.instance), result.micros, result

    return ranked


def _place(namespace: str, pod: str, uid: str, component: str) -> str:
    return f"{namespace}/{pod} {uid} of {component}"


def _message(event: Object) -> ProbeMessage | None:
    try:
        return probe_message.decode(event.get("message") or "")
    except ValueError:
        return None
