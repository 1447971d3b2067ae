"""Writes what a component's results come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pytest_kbevents.api.names import AVAILABLE_CONDITION, AVAILABLE_PROBE
from pytest_kbevents.api.objects import name_of, namespace_of
from pytest_kbevents.api.resources import COMPONENTS
from pytest_kbevents.client.protocols import Writer
from pytest_kbevents.clock import SECOND, Clock
from pytest_kbevents.reconciler.available import condition, status
from pytest_kbevents.reconciler.available.case import Case
from pytest_kbevents.reconciler.available.judgement import Judgement
from pytest_kbevents.reconciler.available.probe_result import ProbeResult
from pytest_kbevents.reconciler.outcome import Outcome, handled
from pytest_kbevents.reconciler.releases import Behaviours


class Judge:
    """Decides by a case and its results, and writes the Component's status where that changes it."""

    def __init__(self, live: Writer, clock: Clock, behaviours: Behaviours) -> None:
        self._live = live
        self._clock = clock
        self._behaviours = behaviours

    def settle(self, case: Case, results: Sequence[ProbeResult], window: str | None = None) -> Outcome:
        """``window`` is the text that the status shall keep, None to leave it. Raises what the write raises."""
        component, after = case.component, self.transition(case, results)
        changes = status.patch(component, after, window, self._behaviours)
        if changes is not None:
            self._live.patch(COMPONENTS, namespace_of(component), name_of(component), changes, "status")
        if after is None:
            return handled("the condition stays")
        return handled(f"{AVAILABLE_CONDITION} is {after['status']}", status.announced(component, after))

    def transition(self, case: Case, results: Sequence[ProbeResult]) -> dict[str, Any] | None:
        """The condition that the results make; None when the component has it already."""
        judgement = self._judgement(case, results)
        return status.transition(
            case.component, judgement, case.policy.description, self._clock.micros(), self._behaviours
        )

    def _judgement(self, case: Case, results: Sequence[ProbeResult]) -> Judgement:
        if self._behaviours.silence_is_failure and not results:
            return Judgement(holds=False, why=f"no result of {AVAILABLE_PROBE} within {case.policy.window // SECOND}s")
        return condition.judged(case.policy.condition, results, case.replicas, self._behaviours)
