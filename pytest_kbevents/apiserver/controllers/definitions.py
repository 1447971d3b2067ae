"""Establishes CustomResourceDefinitions: accepts their names, then lets them be served."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.http import DELETED
from pytest_kbevents.api.objects import Object, key_of
from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS
from pytest_kbevents.apiserver.fields import managed
from pytest_kbevents.apiserver.fields.managed import Target, Writer
from pytest_kbevents.apiserver.schemas import builtin
from pytest_kbevents.apiserver.store import Commit, Store

_SHELF = CUSTOM_RESOURCE_DEFINITIONS.qualified
MANAGER = "kube-apiserver"


class Definitions:
    """Follows the definitions that are committed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[Commit] = []
        store.subscribe(_SHELF, store.revision, self._waiting.append)

    def act(self, now: int) -> None:
        """Accept and establish what is new; take a deleted definition's objects with it."""
        while self._waiting:
            commit = self._waiting.pop(0)
            if commit.type == DELETED:
                for obj in self._store.select(commit.key[1]):
                    self._store.remove(commit.key[1], key_of(obj))
                continue
            current = self._store.get(_SHELF, commit.key)
            if current is not None and current["status"].get("acceptedNames") != current["spec"]["names"]:
                self._accept(current, times.time(now))

    def _accept(self, obj: Object, now: str) -> None:
        accepted = _condition("NamesAccepted", "NoConflicts", "no conflicts found", now)
        established = _condition("Established", "InitialNamesAccepted", "the initial names have been accepted", now)
        others = obj["status"].get("conditions") or []
        kept = [item for item in others if item["type"] in ("Established", "NamesAccepted")]
        conditions = kept or [accepted, established]
        status = {**obj["status"], "conditions": conditions, "acceptedNames": obj["spec"]["names"]}
        after = {**obj, "status": status}
        schema = builtin.of_kind(CUSTOM_RESOURCE_DEFINITIONS.group, "v1", CUSTOM_RESOURCE_DEFINITIONS.kind)
        target = Target(CUSTOM_RESOURCE_DEFINITIONS.api_version, CUSTOM_RESOURCE_DEFINITIONS.kind, schema, "status")
        self._store.put(_SHELF, key_of(obj), managed.update(obj, after, target, Writer(MANAGER, now)))


def _condition(kind: str, reason: str, message: str, now: str) -> dict[str, Any]:
    return {"type": kind, "status": "True", "lastTransitionTime": now, "reason": reason, "message": message}
