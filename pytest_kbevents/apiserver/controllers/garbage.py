"""A kube-controller-manager's work: dependents go with their owners, and what is in a namespace goes with it."""

from __future__ import annotations

from pytest_kbevents.api.objects import Key, Object, key_of, name_of, uid_of, with_metadata
from pytest_kbevents.api.resources import NAMESPACES
from pytest_kbevents.apiserver.kinds.namespace import FINALIZER
from pytest_kbevents.apiserver.registry import Registry
from pytest_kbevents.apiserver.served import Served
from pytest_kbevents.apiserver.store import Store
from pytest_kbevents.apiserver.verbs import ending
from pytest_kbevents.apiserver.verbs.options import DeleteOptions


class GarbageCollector:
    """Looks at the whole cluster after a write, until nothing changes any more."""

    def __init__(self, store: Store, registry: Registry) -> None:
        self._store = store
        self._registry = registry
        self._seen = store.revision

    def act(self, now: int) -> None:
        """Delete what is left of what has been deleted."""
        while self._seen != self._store.revision:
            self._seen = self._store.revision
            for namespace in self._store.select(NAMESPACES.qualified):
                if "deletionTimestamp" in namespace["metadata"]:
                    self._empty(namespace, now)
            self._collect(now)

    def _empty(self, namespace: Object, now: int) -> None:
        inside = [(served, obj) for served in self._kinds() for obj in self._of(served, name_of(namespace))]
        for served, obj in inside:
            self._end(served, obj, now, grace=0)
        if any(self._of(served, name_of(namespace)) for served in self._kinds()):
            return
        left = [name for name in namespace["spec"].get("finalizers") or () if name != FINALIZER]
        spec = {key: value for key, value in namespace["spec"].items() if key != "finalizers"}
        done = {**namespace, "spec": {**spec, **({"finalizers": left} if left else {})}}
        if not left and not namespace["metadata"].get("finalizers"):
            self._store.remove(NAMESPACES.qualified, key_of(namespace))
        elif len(left) != len(namespace["spec"].get("finalizers") or ()):
            self._store.put(NAMESPACES.qualified, key_of(namespace), done)

    def _collect(self, now: int) -> None:
        everything = [(served, obj) for served in self._kinds() for obj in self._of(served, "")]
        alive = {uid_of(obj): obj for _, obj in everything}
        for served, obj in everything:
            owners = obj["metadata"].get("ownerReferences") or ()
            if owners and all(owner["uid"] not in alive or _waits(alive[owner["uid"]]) for owner in owners):
                self._end(served, obj, now)
        for served, obj in everything:
            self._release(served, obj, everything)

    def _release(self, served: Served, obj: Object, everything: list[tuple[Served, Object]]) -> None:
        """Let an owner go that waits for its dependents, or for being forgotten by them."""
        names = obj["metadata"].get("finalizers") or ()
        dependents = [
            (kind, key_of(other))
            for kind, other in everything
            if any(owner["uid"] == uid_of(obj) for owner in other["metadata"].get("ownerReferences") or ())
        ]
        present = [(kind, key) for kind, key in dependents if self._store.get(kind.shelf, key) is not None]
        if ending.ORPHAN in names and "deletionTimestamp" in obj["metadata"]:
            for kind, key in present:
                self._forget(kind, key, uid_of(obj))
            self._finalize(served, key_of(obj), ending.ORPHAN)
        elif ending.FOREGROUND in names and not present:
            self._finalize(served, key_of(obj), ending.FOREGROUND)

    def _forget(self, served: Served, key: Key, uid: str) -> None:
        obj = self._store.get(served.shelf, key)
        assert obj is not None
        owners = [owner for owner in obj["metadata"]["ownerReferences"] if owner["uid"] != uid]
        self._store.put(served.shelf, key, with_metadata(obj, ownerReferences=owners or None))

    def _finalize(self, served: Served, key: Key, finalizer: str) -> None:
        obj = self._store.get(served.shelf, key)
        if obj is None:
            return
        left = [name for name in obj["metadata"].get("finalizers") or () if name != finalizer]
        self._store.put(served.shelf, key, with_metadata(obj, finalizers=left or None))
        if not left:
            self._store.remove(served.shelf, key)

    def _end(self, served: Served, obj: Object, now: int, grace: int | None = None) -> None:
        """What a background deletion does."""
        current = self._store.get(served.shelf, key_of(obj))
        if current is None:
            return
        seconds = ending.grace_of(current, served.rules, DeleteOptions(grace=grace)) or 0
        if "deletionTimestamp" not in current["metadata"] and (seconds or current["metadata"].get("finalizers")):
            marked = ending.marked(current, now // ending.SECOND * ending.SECOND, seconds, counts=True)
            self._store.put(served.shelf, key_of(obj), marked)
        elif not seconds and not current["metadata"].get("finalizers"):
            self._store.remove(served.shelf, key_of(obj))

    def _kinds(self) -> list[Served]:
        found = {served.shelf: served for served in self._registry.all() if "list" in served.verbs}
        return list(found.values())

    def _of(self, served: Served, namespace: str) -> list[Object]:
        if namespace and not served.resource.namespaced:
            return []
        return self._store.select(served.shelf, namespace)


def _waits(owner: Object) -> bool:
    """The owner ends only after its dependents."""
    return ending.FOREGROUND in (owner["metadata"].get("finalizers") or ()) and "deletionTimestamp" in owner["metadata"]
