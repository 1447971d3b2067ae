"""delete and deletecollection."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.objects import Object, key_of, name_of, revision_of, uid_of, with_metadata
from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS, NAMESPACES
from pytest_kbevents.apiserver.custom import ending as definitions
from pytest_kbevents.apiserver.kinds.namespace import FOR_EVER
from pytest_kbevents.apiserver.schemas import builtin
from pytest_kbevents.apiserver.schemas.decoding import Decoder, WrongType
from pytest_kbevents.apiserver.store import Store
from pytest_kbevents.apiserver.verbs import ending, incoming
from pytest_kbevents.apiserver.verbs.call import Call, details
from pytest_kbevents.apiserver.verbs.options import DeleteOptions, of_delete
from pytest_kbevents.apiserver.verbs.refusals import not_found
from pytest_kbevents.errors import BadRequest, Conflict, Forbidden


class Deleting:
    """Deletes from one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def delete(self, call: Call) -> tuple[Object, bool]:
        """What is left to say of the object, and whether that is the object itself.

        Raises NotFound, Conflict (of preconditions), Forbidden (of namespaces for ever), Invalid, BadRequest.
        """
        options = of_delete(call, _body(call))
        served = call.route.served
        current = self._store.get(served.shelf, call.route.key)
        if current is None:
            raise not_found(call)
        if served.shelf == NAMESPACES.qualified and call.route.name in FOR_EVER:
            problem = f'namespaces "{call.route.name}" is forbidden: this namespace may not be deleted'
            raise Forbidden(problem, details=details(call.route))
        _expect(call, current, options)
        left, gone = self.end(call, current, options)
        if not gone or served.rules.returns_deleted:
            return served.shown(left), True
        told = details(call.route) | {"uid": uid_of(left)}
        return {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "details": told}, False

    def collection(self, call: Call, objects: list[Object]) -> None:
        """Delete each of the objects, in order."""
        options = of_delete(call, _body(call))
        for obj in objects:
            route = replace(call.route, name=name_of(obj), namespace=key_of(obj)[0])
            one = Call(call.request, route, call.moment, call.user)
            self.end(one, obj, options)

    def end(self, call: Call, obj: Object, options: DeleteOptions) -> tuple[Object, bool]:
        """Begin or finish an object's end; returns what is left of it and whether it is gone."""
        served, shelf, key = call.route.served, call.route.served.shelf, key_of(obj)
        if served.shelf == NAMESPACES.qualified:
            return self._end_namespace(call, obj, options)
        if served.shelf == CUSTOM_RESOURCE_DEFINITIONS.qualified and "deletionTimestamp" not in obj["metadata"]:
            marked = definitions.begun(obj, call.moment.now)
            return (marked if options.dry_run else self._store.put(shelf, key, marked)), False
        rules = served.rules
        grace = ending.grace_of(obj, rules, options)
        meta = obj["metadata"]
        if rules.graceful and grace is None and meta.get("deletionGracePeriodSeconds"):
            return obj, False  # pending as it is
        wanted = ending.finalizers(obj, rules, options.policy)
        if "deletionTimestamp" in meta:
            changes = wanted != list(meta.get("finalizers") or ())
        else:
            changes = bool(wanted) or wanted != list(meta.get("finalizers") or ())
        if grace is not None or changes:
            now = times.parse(call.moment.now)
            left: Object = with_metadata(obj, finalizers=wanted or None)
            if grace is not None or wanted:
                left = ending.marked(left, now, grace or 0, counts=True)
            obj = left if options.dry_run else self._store.put(shelf, key, left)
        if obj["metadata"].get("finalizers") or (obj["metadata"].get("deletionGracePeriodSeconds") and rules.graceful):
            return obj, False
        return (obj, True) if options.dry_run else (self._store.remove(shelf, key), True)

    def _end_namespace(self, call: Call, obj: Object, options: DeleteOptions) -> tuple[Object, bool]:
        """In two steps: marked first, gone when the finalizers in its spec are."""
        if obj["spec"].get("finalizers"):
            if "deletionTimestamp" in obj["metadata"]:
                return obj, False
            marked = with_metadata(obj, deletionTimestamp=call.moment.now)
            marked = {**marked, "status": {**obj["status"], "phase": "Terminating"}}
            return (marked, False) if options.dry_run else (self._store.put("namespaces", key_of(obj), marked), False)
        if obj["metadata"].get("finalizers"):
            return obj, False
        return (obj, True) if options.dry_run else (self._store.remove("namespaces", key_of(obj)), True)


def _body(call: Call) -> dict[str, Any]:
    """The DeleteOptions of a body. Raises BadRequest."""
    if call.request.body in (None, b"", ""):
        return {}
    body = incoming.value(call)
    if not isinstance(body, dict):
        raise BadRequest("the body of a deletion must be DeleteOptions")
    if body.get("kind", "DeleteOptions") != "DeleteOptions":
        version = body.get("apiVersion", "meta.k8s.io/v1")
        problem = (
            f'no kind "{body["kind"]}" is registered for version "{version}" in scheme "pkg/runtime/scheme.go:111"'
        )
        raise BadRequest(problem)
    try:
        return Decoder().object(body, builtin.definition(builtin.META + "DeleteOptions"))
    except WrongType as error:
        raise BadRequest(str(error)) from None


def _expect(call: Call, obj: Object, options: DeleteOptions) -> None:
    prefix = f'Operation cannot be fulfilled on {call.route.served.resource.kind} "{call.route.name}"'
    for name, given, seen, hint in (
        ("UID", options.uid, uid_of(obj), "The object might have been deleted and then recreated"),
        ("ResourceVersion", options.revision, revision_of(obj), "The object might have been modified"),
    ):
        if given is not None and given != seen:
            problem = f"the {name} in the precondition ({given}) does not match the {name} in record ({seen}). {hint}"
            raise Conflict(f"{prefix}: {problem}", details=details(call.route, kind=True))
