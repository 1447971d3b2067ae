"""The second reconciler of role Events that some betas had (KB-R01): it looks at nothing but the Pod."""

from __future__ import annotations

from pytest_kbevents.api.names import HANDLED_ANNOTATION, ROLE_LABEL
from pytest_kbevents.api.objects import Key, Object, annotations_of, uid_of
from pytest_kbevents.api.resources import EVENTS, PODS
from pytest_kbevents.client.protocols import Reader, Writer
from pytest_kbevents.controller.reconcile import DONE, Result
from pytest_kbevents.errors import NotFound
from pytest_kbevents.reconciler import probe_message
from pytest_kbevents.reconciler.agent_event import involved
from pytest_kbevents.reconciler.event_reconciler import count_of
from pytest_kbevents.reconciler.role.claim import is_kbagent_role_event


class SecondRoleReconciler:
    """Writes what the probe said, lower-cased, on the Pod, and marks the Event with the mark that both share."""

    def __init__(self, cache: Reader, live: Writer) -> None:
        self._cache = cache
        self._live = live

    def reconcile(self, key: Key) -> Result:
        """Raises Invalid for an output that is no label value: again and again, until the Event is marked."""
        try:
            event = self._cache.get(EVENTS, *key)
            if is_kbagent_role_event(event) and annotations_of(event).get(HANDLED_ANNOTATION) != count_of(event):
                self._act(event, key)
        except NotFound:
            pass
        return DONE

    def _act(self, event: Object, key: Key) -> None:
        try:
            message = probe_message.decode(event.get("message") or "")
        except ValueError:
            return
        about = involved(event)
        place = about.get("namespace", ""), about.get("name", "")
        if message.code != 0 or uid_of(self._cache.get(PODS, *place)) != about.get("uid", ""):
            return
        role = message.output.decode("utf-8", "replace").lower() or None
        self._live.patch(PODS, *place, {"metadata": {"labels": {ROLE_LABEL: role}}})
        self._live.patch(EVENTS, *key, {"metadata": {"annotations": {HANDLED_ANNOTATION: count_of(event)}}})
