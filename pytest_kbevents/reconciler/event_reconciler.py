"""Event in, handlers in order, mark (the facts: event-pipeline.md section 2)."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from pytest_kbevents.api.names import HANDLED_ANNOTATION
from pytest_kbevents.api.objects import Key, Object, annotations_of
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.client.protocols import Reader, Writer
from pytest_kbevents.errors import NotFound
from pytest_kbevents.reconciler.outcome import Handler, Outcome, Verdict, skipped

_LOG = logging.getLogger(__name__)


class EventReconciler:
    """Hands each new count of each Event to the handlers, and marks it when it was somebody's."""

    def __init__(self, reader: Reader, writer: Writer, handlers: Sequence[Handler], *, marks_foreign: bool) -> None:
        self._reader = reader
        self._writer = writer
        self._handlers = handlers
        self._marks_foreign = marks_foreign

    def reconcile(self, key: Key) -> None:
        """Raises ApiError or NoAnswer from the first handler that fails: later ones do not run, nothing is marked."""
        try:
            event = self._reader.get(EVENTS, *key)
        except NotFound:
            return
        count = str(event.get("count") or 0)
        if annotations_of(event).get(HANDLED_ANNOTATION) == count:
            return
        outcomes = [_handle(handler, event) for handler in self._handlers]
        for outcome in outcomes:
            _LOG.info("event %s/%s count %s: %s, %s", *key, count, outcome.verdict.name, outcome.reason)
        if self._marks_foreign or any(outcome.verdict is not Verdict.IGNORED for outcome in outcomes):
            self._mark(key, count)

    def _mark(self, key: Key, count: str) -> None:
        patch = {"metadata": {"annotations": {HANDLED_ANNOTATION: count}}}
        try:
            self._writer.patch(EVENTS, *key, patch)
        except NotFound:
            return


def _handle(handler: Handler, event: Object) -> Outcome:
    try:
        return handler.handle(event)
    except NotFound as error:
        return skipped(f"swallowed: {error.message}")
