"""Lets CustomResourceDefinitions be served once their names are accepted, and takes their objects with them."""

from __future__ import annotations

from pytest_kbevents.api import times
from pytest_kbevents.api.http import DELETED
from pytest_kbevents.api.objects import Key, Object, key_of
from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS
from pytest_kbevents.apiserver.custom import accepting, conditions
from pytest_kbevents.apiserver.custom.conditions import condition
from pytest_kbevents.apiserver.custom.ending import FINALIZER
from pytest_kbevents.apiserver.fields import managed
from pytest_kbevents.apiserver.fields.managed import Target, Writer
from pytest_kbevents.apiserver.schemas import builtin
from pytest_kbevents.apiserver.store import Commit, Store
from pytest_kbevents.apiserver.verbs import ending

_SHELF = CUSTOM_RESOURCE_DEFINITIONS.qualified
MANAGER = "kube-apiserver"
_IN_PROGRESS = ("InstanceDeletionInProgress", "CustomResource deletion is in progress")
_INITIAL = "the initial names have been accepted"


class Definitions:
    """Follows the definitions that are committed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[Commit] = []
        self._ending: set[Key] | None = None
        """Definitions that are being deleted; None until somebody looks: a fork need not."""
        store.subscribe(_SHELF, store.revision, self._waiting.append)

    def act(self, now: int) -> None:
        """Accept and establish what is new; take a deleted definition's objects with it."""
        while self._waiting or self._endings():
            waiting = len(self._waiting)
            for commit in self._waiting[:waiting]:
                self._follow(commit, times.time(now))
            del self._waiting[:waiting]
            for key in list(self._endings()):
                self._end(key, now)
            if not self._waiting:
                break

    def _follow(self, commit: Commit, now: str) -> None:
        if commit.type == DELETED or commit.previous is None or _names(commit.previous) != _names(commit.object):
            self._accept_group(commit.object["spec"].get("group", ""), now)
        if "deletionTimestamp" in commit.object["metadata"]:
            self._endings().add(commit.key)

    def _accept_group(self, group: str, now: str) -> None:
        """Names that somebody has given back may be what others wait for."""
        for obj in self._store.select(_SHELF):
            if obj["spec"]["group"] == group and obj["status"].get("acceptedNames") != obj["spec"]["names"]:
                self._accept(obj, now)

    def _accept(self, obj: Object, now: str) -> None:
        group = obj["spec"]["group"]
        others = [other for other in self._store.select(_SHELF) if other["spec"]["group"] == group]
        names, decided = accepting.decide(obj, others)
        after: Object = {**obj, "status": {**obj["status"], "acceptedNames": names}}
        for item in decided:
            after = conditions.put(after, item, now)
        if after["status"] == obj["status"]:
            return
        after = self._put(obj, after, now)
        established = conditions.find(after, conditions.ESTABLISHED)
        if established is not None and established["reason"] == "Installing":
            done = condition(conditions.ESTABLISHED, "True", "InitialNamesAccepted", _INITIAL)
            self._put(after, conditions.put(after, done, now), now)

    def _end(self, key: Key, now: int) -> None:
        """Delete the objects of a definition that ends, and with the last of them the definition."""
        obj = self._store.get(_SHELF, key)
        if (
            obj is None
            or "deletionTimestamp" not in obj["metadata"]
            or FINALIZER not in (obj["metadata"].get("finalizers") or ())
        ):
            self._endings().discard(key)
            return
        stamp, shelf = times.time(now), key[1]
        terminating = conditions.find(obj, conditions.TERMINATING)
        if terminating is not None and terminating["reason"] != _IN_PROGRESS[0]:
            after = conditions.put(obj, condition(conditions.TERMINATING, "True", *_IN_PROGRESS), stamp)
            obj = self._put(obj, after, stamp)
        for instance in self._store.select(shelf):
            if not instance["metadata"].get("finalizers"):
                self._store.remove(shelf, key_of(instance))
            elif "deletionTimestamp" not in instance["metadata"]:
                self._store.put(shelf, key_of(instance), ending.marked(instance, now, 0, counts=True))
        if not self._store.select(shelf):
            self._release(obj)

    def _release(self, obj: Object) -> None:
        others = [name for name in obj["metadata"]["finalizers"] if name != FINALIZER]
        if others:
            metadata = {**obj["metadata"], "finalizers": others}
            self._store.put(_SHELF, key_of(obj), {**obj, "metadata": metadata})
        else:
            self._store.remove(_SHELF, key_of(obj))

    def _endings(self) -> set[Key]:
        if self._ending is None:
            ends = (obj for obj in self._store.select(_SHELF) if "deletionTimestamp" in obj["metadata"])
            self._ending = set(map(key_of, ends))
        return self._ending

    def _put(self, obj: Object, after: Object, now: str) -> Object:
        """Commit a new status, as the kube-apiserver's own."""
        schema = builtin.of_kind(CUSTOM_RESOURCE_DEFINITIONS.group, "v1", CUSTOM_RESOURCE_DEFINITIONS.kind)
        target = Target(CUSTOM_RESOURCE_DEFINITIONS.api_version, CUSTOM_RESOURCE_DEFINITIONS.kind, schema, "status")
        return self._store.put(_SHELF, key_of(obj), managed.update(obj, after, target, Writer(MANAGER, now)))


def _names(obj: Object) -> object:
    return obj["spec"].get("names"), obj["status"].get("acceptedNames")
