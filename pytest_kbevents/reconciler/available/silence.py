"""A component is judged when results end, not only when they come (O-07)."""

from __future__ import annotations

from pytest_kbevents.api.objects import Key
from pytest_kbevents.api.resources import COMPONENTS
from pytest_kbevents.client.protocols import ReaderWriter
from pytest_kbevents.clock import SECOND, Clock
from pytest_kbevents.controller.cached import IndexedReader
from pytest_kbevents.controller.reconcile import DONE, Result
from pytest_kbevents.controller.recorder import EventRecorder
from pytest_kbevents.errors import NotFound, NotNow
from pytest_kbevents.reconciler.available.case import Cases
from pytest_kbevents.reconciler.available.judge import Judge
from pytest_kbevents.reconciler.available.newest_events import NewestEvents
from pytest_kbevents.reconciler.releases import Behaviours

LOOK_AGAIN = 60 * SECOND
"""After which a component whose definition is not available yet is looked at again."""


class AvailabilityReconciler:
    """Looks at a component when it changes and when its oldest result leaves the window. A look costs no request while
    the condition stays what it is.
    """

    def __init__(
        self,
        cache: IndexedReader,
        live: ReaderWriter,
        clock: Clock,
        recorder: EventRecorder,
        behaviours: Behaviours,
    ) -> None:
        self._cache = cache
        self._live = live
        self._clock = clock
        self._recorder = recorder
        self._cases = Cases(cache, behaviours)
        self._events = NewestEvents(cache, behaviours)
        self._judge = Judge(live, clock, behaviours)
        self._planned: dict[Key, int] = {}

    def reconcile(self, key: Key) -> Result:
        """Raises Conflict when the Component changed meanwhile."""
        try:
            case = self._cases.of(self._cache.get(COMPONENTS, *key))
            if case is None or not self._events.has_begun(case):
                return DONE
            results = self._events.results(case, self._clock.micros())
            if self._judge.transition(case, results) is not None:
                self._settle(key)
        except NotFound:
            self._planned.pop(key, None)
            return DONE
        except NotNow:
            return self._again(key, self._clock.micros() + LOOK_AGAIN)
        except ValueError:  # the handler tells of a policy that cannot be judged
            return DONE
        oldest = min((result.micros for result in results), default=None)
        return DONE if oldest is None else self._again(key, oldest + case.policy.window)

    def _settle(self, key: Key) -> None:
        """The Component first, then the results: a conflict tells of newer ones."""
        case = self._cases.of(self._live.get(COMPONENTS, *key))
        if case is None:
            return
        outcome = self._judge.settle(case, self._events.results(case, self._clock.micros()))
        for item in outcome.announcements:
            self._recorder.record(item.about, item.type, item.reason, item.message)

    def _again(self, key: Key, at: int) -> Result:
        """Each component has one next look: an earlier one, once planned, will see to the later."""
        now, planned = self._clock.micros(), self._planned.get(key, 0)
        if now < planned <= at:
            return DONE
        self._planned[key] = at
        return Result(requeue_after=at - now)
