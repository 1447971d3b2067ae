"""Event in, handlers in order, mark (the facts: event-pipeline.md section 2)."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from pytest_kbevents.api.names import HANDLED_ANNOTATION
from pytest_kbevents.api.objects import Key, Object, annotations_of, key_of, uid_of
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.client.protocols import Reader, Writer
from pytest_kbevents.controller.reconcile import DONE, Result
from pytest_kbevents.controller.recorder import EventRecorder
from pytest_kbevents.errors import NotFound
from pytest_kbevents.reconciler.outcome import Announcement, Handler, Outcome, Verdict, skipped
from pytest_kbevents.reconciler.releases import Behaviours

_LOG = logging.getLogger(__name__)


class EventReconciler:
    """Hands each new count of each Event to the handlers, and marks it as the release does."""

    def __init__(
        self,
        reader: Reader,
        writer: Writer,
        recorder: EventRecorder,
        handlers: Sequence[Handler],
        behaviours: Behaviours,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._recorder = recorder
        self._handlers = handlers
        self._behaviours = behaviours
        self._announced: dict[Key, tuple[str, str, str]] = {}

    def reconcile(self, key: Key) -> Result:
        """Raises what the first handler that fails raises: later ones do not run, and nothing is marked."""
        try:
            event = self._reader.get(EVENTS, *key)
        except NotFound:
            return DONE
        count = count_of(event)
        if not is_unmarked(event):
            return DONE
        outcomes = [self._handle(handler, event) for handler in self._handlers]
        for outcome in outcomes:
            if outcome.verdict is not Verdict.IGNORED:
                _LOG.info("event %s/%s count %s: %s, %s", *key, count, outcome.verdict.name, outcome.reason)
        if self._is_marked(outcomes):
            self._mark(event, key, count)
        self._announced.pop(key, None)
        return DONE

    def _handle(self, handler: Handler, event: Object) -> Outcome:
        try:
            outcome = handler.handle(event)
        except NotFound as error:
            return skipped(f"swallowed: {error.message}")
        for item in outcome.announcements:
            self._announce(event, item)
        return outcome

    def _announce(self, event: Object, item: Announcement) -> None:
        """Where a release announces once, what this count of the Event has announced is remembered until it is marked:
        a process that dies in between announces twice, and none never.
        """
        if self._behaviours.announces_once:
            said = (uid_of(event), count_of(event), item.reason)
            if self._announced.get(key_of(event)) == said:
                return
            self._announced[key_of(event)] = said
        self._recorder.record(item.about, item.type, item.reason, item.message)

    def _is_marked(self, outcomes: Sequence[Outcome]) -> bool:
        if self._behaviours.marks == "own":
            return any(outcome.verdict is not Verdict.IGNORED for outcome in outcomes)
        return self._behaviours.marks == "every"

    def _mark(self, event: Object, key: Key, count: str) -> None:
        identity = {"uid": uid_of(event)} if self._behaviours.marks_by_identity else {}
        patch = {"metadata": {"annotations": {HANDLED_ANNOTATION: count}, **identity}}
        try:
            self._writer.patch(EVENTS, *key, patch)
        except NotFound:
            return


def is_unmarked(event: Object) -> bool:
    """Whether this count of the Event is still to be handled (controller-runtime: a predicate)."""
    return annotations_of(event).get(HANDLED_ANNOTATION) != count_of(event)


def count_of(event: Object) -> str:
    """How often it happened, as marks spell it."""
    return str(event.get("count") or 0)
