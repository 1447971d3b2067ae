"""create, update, patch and apply: all of them end in the same two commits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.api.objects import Object, name_of, namespace_of, revision_of, uid_of
from pytest_kbevents.api.resources import NAMESPACES
from pytest_kbevents.apiserver.access import escalation
from pytest_kbevents.apiserver.fields import managed
from pytest_kbevents.apiserver.kinds.rules import Fresh
from pytest_kbevents.apiserver.served import Served
from pytest_kbevents.apiserver.store import Store
from pytest_kbevents.apiserver.validation import causes, metadata
from pytest_kbevents.apiserver.validation.causes import Cause
from pytest_kbevents.apiserver.verbs import ending, incoming, tidying
from pytest_kbevents.apiserver.verbs.call import Call, details
from pytest_kbevents.apiserver.verbs.options import WriteOptions, of_write
from pytest_kbevents.apiserver.verbs.ownership import target, writer
from pytest_kbevents.apiserver.verbs.refusals import (
    cannot,
    check_name,
    check_namespace,
    expect_uid,
    needs_revision,
    not_found,
)
from pytest_kbevents.errors import AlreadyExists, Conflict, Forbidden, NotFound, UnknownError

MODIFIED_MEANWHILE = "the object has been modified; please apply your changes to the latest version and try again"
_FIRST = (
    *("name", "generateName", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp"),
    *("labels", "annotations", "ownerReferences", "finalizers", "managedFields"),
)
_TOLD = ("kind", "apiVersion", "metadata")
"""What every object says; the rest is the kind's own."""
_SYSTEM_FIELDS = ("deletionTimestamp", "deletionGracePeriodSeconds", "selfLink")


class Writing:
    """Writes to one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(self, call: Call) -> tuple[Object, bool]:
        """What a POST stores. Raises AlreadyExists, Invalid, BadRequest, NotFound or Forbidden (of the namespace)."""
        options = of_write(call, "CreateOptions")
        obj = incoming.obj(call, incoming.value(call), options)
        return self.place(call, obj, options), True

    def update(self, call: Call) -> tuple[Object, bool]:
        """What a PUT stores, and whether it was new. Raises Conflict, NotFound, Invalid, BadRequest."""
        options = of_write(call, "UpdateOptions")
        current = self.current(call)
        known = call.route.served.shown(current) if current is not None else None
        obj = incoming.obj(call, incoming.value(call), options, known)
        check_name(call, obj)
        if current is None:
            if not call.route.served.rules.creates_on_update:
                raise not_found(call)
            expect_uid(call, obj["metadata"].get("uid"), "")
            return self.place(call, {**obj, "metadata": {**obj["metadata"], "resourceVersion": None}}, options), True
        expect_uid(call, obj["metadata"].get("uid"), uid_of(current))
        return self.replace(call, current, obj, options), False

    def current(self, call: Call) -> Object | None:
        """The stored object of a request's path."""
        return self._store.get(call.route.served.shelf, call.route.key)

    def place(self, call: Call, obj: Fresh, options: WriteOptions, entries: Any = None) -> Object:
        """Store a new object, given in the request's version. ``entries`` are its managedFields, if they are known."""
        served, rules = call.route.served, call.route.served.rules
        meta = obj["metadata"]
        check_namespace(call, obj)
        if meta.get("resourceVersion"):
            raise UnknownError("resourceVersion should not be set on objects to be created")
        if not meta.get("name") and meta.get("generateName"):
            meta["name"] = call.moment.identity.name(meta["generateName"])
        if served.resource.namespaced:
            meta["namespace"] = call.route.namespace
        for field in _SYSTEM_FIELDS:
            meta.pop(field, None)
        tidying.tidy(call, obj)
        obj = served.stored(obj)
        rules.default(obj)
        rules.default_metadata(obj)
        shown = served.shown(obj)
        if entries is None:
            entries = managed.written(incoming.empty(served), shown, target(call), writer(call, options))
        self._admit_namespace(call, name_of(obj))
        rules.admit(obj, call.moment)
        obj["metadata"] |= {"uid": call.moment.identity.uid(), "creationTimestamp": call.moment.now}
        if rules.counts_generations:
            obj["metadata"]["generation"] = 1
        obj = _ordered(obj)
        rules.begin(obj, call.moment)
        self._check(call, obj)
        escalation.check(self._store, call.user, call.route, obj)
        call.warnings += rules.warnings(obj)
        obj = _owned(obj, entries, "")
        return self._commit_new(call, obj, options)

    def replace(self, call: Call, current: Object, obj: Fresh, options: WriteOptions, entries: Any = None) -> Object:
        """Store a changed object, given in the request's version. ``entries`` as in ``place``."""
        served, rules = call.route.served, call.route.served.rules
        check_namespace(call, obj)
        given = obj["metadata"].get("resourceVersion", "")
        if not given and not rules.unconditional:
            raise needs_revision(call)
        if given and not (given.isascii() and given.isdigit()):
            raise UnknownError(f'strconv.ParseUint: parsing "{given}": invalid syntax')
        if given not in ("", "0", revision_of(current)):
            raise Conflict(f"{cannot(call)}: {MODIFIED_MEANWHILE}", details=details(call.route))
        if served.resource.namespaced:
            obj["metadata"]["namespace"] = call.route.namespace
        tidying.tidy(call, obj)
        obj = served.stored(obj)
        if _body_changes(obj, current):
            rules.default(obj)
        rules.default_metadata(obj)
        if entries is None:
            before, after = served.shown(current), served.shown(obj)
            entries = managed.written(before, after, target(call), writer(call, options))
        obj = _owned(self._kept(call, current, obj), entries, revision_of(current))
        self._check_change(call, obj, current)
        escalation.check(self._store, call.user, call.route, obj)
        call.warnings += rules.warnings(obj, current)
        if _as_before(obj, current):
            return current  # like the real server, an update that changes nothing commits nothing
        if options.dry_run:
            return obj
        if ending.is_over(obj):
            self._store.remove(served.shelf, call.route.key)  # as it was: who watches sees no state in between
            return obj
        return self._store.put(served.shelf, call.route.key, obj)

    def _kept(self, call: Call, current: Object, obj: Fresh) -> Fresh:
        """What an update cannot change is as it was."""
        rules, meta, before = call.route.served.rules, obj["metadata"], current["metadata"]
        meta.setdefault("uid", before["uid"])
        meta["creationTimestamp"] = before["creationTimestamp"]
        meta.pop("generation", None)
        for field in ("deletionTimestamp", "deletionGracePeriodSeconds", "generation"):
            if field in before:
                meta[field] = before[field]
        if call.route.subresource == "status":
            return _status_of(obj, current, rules.status_keeps, custom=call.route.served.custom)
        rules.change(obj, current, call.moment)
        if "generation" in before and rules.intent(obj) != rules.intent(current):
            obj["metadata"]["generation"] = before["generation"] + 1
        return obj

    def _check(self, call: Call, obj: Object) -> None:
        served = call.route.served
        rules = served.rules
        found = [
            *_metadata(served, obj),
            *rules.validate(obj),
            *rules.validate_new(obj),
        ]
        causes.refuse(served.told, name_of(obj), found)

    def _check_change(self, call: Call, obj: Object, current: Object) -> None:
        served = call.route.served
        rules = served.rules
        found = list(metadata.changed(obj, current))
        found += _metadata(served, obj)
        if call.route.subresource == "status":
            found += rules.validate_status(obj, served.read(current))
        elif _body_changes(obj, current):
            found += [*rules.validate(obj), *rules.validate_update(obj, served.read(current))]
        causes.refuse(served.told, name_of(obj), found)

    def _commit_new(self, call: Call, obj: Fresh, options: WriteOptions) -> Object:
        shelf, key = call.route.served.shelf, (namespace_of(obj), name_of(obj))
        if self._store.get(shelf, key) is not None:
            name = name_of(obj)
            told = f'{call.route.served.resource.qualified} "{name}" already exists'
            if obj["metadata"].get("generateName"):
                told += ", the server was not able to generate a unique name for the object"
            raise AlreadyExists(told, details=details(call.route, name))
        return obj if options.dry_run else self._store.put(shelf, key, obj)

    def _admit_namespace(self, call: Call, name: str) -> None:
        """Nothing is created where no namespace is, or in one that ends (Kubernetes: NamespaceLifecycle)."""
        route = call.route
        if not route.served.resource.namespaced:
            return
        namespace = self._store.get(NAMESPACES.qualified, ("", route.namespace))
        if namespace is None:
            told = {"name": route.namespace, "kind": "namespaces"}
            raise NotFound(f'namespaces "{route.namespace}" not found', details=told)
        if namespace["status"]["phase"] == "Terminating":
            resource = route.served.resource
            problem = f"unable to create new content in namespace {route.namespace} because it is being terminated"
            raise Forbidden(
                f'{resource.qualified} "{name}" is forbidden: {problem}',
                details=details(route, name)
                | {
                    "causes": [
                        {
                            "reason": "NamespaceTerminating",
                            "message": f"namespace {route.namespace} is being terminated",
                            "field": "metadata.namespace",
                        }
                    ]
                },
            )


def _metadata(served: Served, obj: Object) -> Iterator[Cause]:
    return metadata.check(obj, served.rules.name_problems, namespaced=served.resource.namespaced, custom=served.custom)


def _as_before(obj: Object, current: Object) -> bool:
    """Whether nothing has changed but times of managedFields, which is no change. To Python 1 is true; not here."""
    if not _same(obj["metadata"], current["metadata"]) or obj.keys() != current.keys():
        return False
    pairs = [(value, current[key]) for key, value in obj.items() if key != "metadata" and value is not current[key]]
    if any(value != was for value, was in pairs) or any(repr(value) != repr(was) for value, was in pairs):
        return False
    same = managed.keep_times(current, obj)
    return same is current or same == current


def _same(metadata: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    if metadata.keys() != before.keys():
        return False
    return {**metadata, "managedFields": None} == {**before, "managedFields": None}


def _body_changes(obj: Object, current: Object) -> bool:
    """Whether more than the metadata is another than the stored one."""
    if obj.keys() != current.keys():
        return True
    for key, value in obj.items():  # noqa: SIM110 - any() costs as much again, and this is on the way of every update
        if value is not current[key] and key not in _TOLD:
            return True
    return False


def _owned(obj: Fresh, entries: Any, revision: str) -> Fresh:
    """The object with those managedFields and of that revision, without what is empty of them."""
    metadata = {**obj["metadata"], "managedFields": entries, "resourceVersion": revision}
    for field in ("managedFields", "resourceVersion"):
        if not metadata[field]:
            del metadata[field]
    return {**obj, "metadata": metadata}


def _status_of(obj: Fresh, current: Object, keeps: tuple[str, ...], *, custom: bool) -> Fresh:
    """The current object with the new one's status: of a built-in kind, whatever else it does not keep."""
    if custom:
        rest = {key: value for key, value in current.items() if key != "status"}
        return {**rest, **({"status": obj["status"]} if "status" in obj else {})}
    for path in keeps:
        field, _, part = path.partition(".")
        if part:
            obj[field] = {key: value for key, value in obj[field].items() if key != part}
            if part in current[field]:
                obj[field][part] = current[field][part]
        elif field in current:
            obj[field] = current[field]
    return obj


def _ordered(obj: Fresh) -> Fresh:
    """A new object's fields in the order that Go writes them."""
    meta = obj["metadata"]
    first = {field: meta[field] for field in _FIRST if field in meta}
    return {"kind": obj["kind"], "apiVersion": obj["apiVersion"], **obj, "metadata": {**first, **meta}}
